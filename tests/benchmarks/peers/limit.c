/* The limit: one example through a sigmoid network with the loss 1/2 sum (y - target)^2, forward and backward, keeping
 * every number, in plain loops. Arrays of all layers stand one behind the other: w row by row, b, z, a, gain and so on.
 */
#include <math.h>

void repeat(int times, int layers, const int *sizes, const double *x, const double *target, const double *w,
            const double *b, double *z, double *a, double *gain, double *dl_da, double *dl_dz, double *dl_dw,
            double *dl_db, double *dl_dx, double *loss)
{
    int units = 0, weights = 0;
    for (int l = 1; l <= layers; l++) {
        units += sizes[l];
        weights += sizes[l] * sizes[l - 1];
    }
    while (times--) {
        const double *sent = x, *row = w;
        int unit = 0;
        for (int l = 1; l <= layers; l++) {
            int columns = sizes[l - 1];
            for (int j = 0; j < sizes[l]; j++, unit++, row += columns) {
                double sum = b[unit];
                for (int i = 0; i < columns; i++)
                    sum += row[i] * sent[i];
                double e = exp(-fabs(sum));
                z[unit] = sum;
                a[unit] = (sum < 0 ? e : 1.0) / (1.0 + e);
                gain[unit] = e / ((1.0 + e) * (1.0 + e));
            }
            sent = a + unit - sizes[l];
        }

        int outputs = sizes[layers];
        unit = units - outputs;
        *loss = 0;
        for (int j = 0; j < outputs; j++) {
            double residual = a[unit + j] - target[j];
            *loss += 0.5 * residual * residual;
            dl_da[unit + j] = residual;
        }

        int weight = weights;
        for (int l = layers; l >= 1; l--) {
            int columns = sizes[l - 1];
            double *back = l > 1 ? dl_da + unit - columns : dl_dx;
            sent = l > 1 ? a + unit - columns : x;
            weight -= sizes[l] * columns;
            for (int i = 0; i < columns; i++)
                back[i] = 0;
            for (int j = 0; j < sizes[l]; j++) {
                double signal = gain[unit + j] * dl_da[unit + j];
                int start = weight + j * columns;
                dl_dz[unit + j] = dl_db[unit + j] = signal;
                for (int i = 0; i < columns; i++) {
                    dl_dw[start + i] = signal * sent[i];
                    back[i] += w[start + i] * signal;
                }
            }
            unit -= columns;
        }
    }
}
