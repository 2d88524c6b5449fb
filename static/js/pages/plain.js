/** The walk as text: formulas typeset as they come near; the page says all of it without this too. */

import { watchFormulas } from "../kit/math.js";

// If KaTeX does not arrive, the formulas stay as they were sent: readable text.
watchFormulas(document).catch(() => {});
