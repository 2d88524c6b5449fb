/**
 * The API's documentation page: shows the OpenAPI document with the vendored Swagger UI, from this host alone.
 *
 * @typedef {{ url: string, domNode: HTMLElement, deepLinking: boolean, validatorUrl: null, tryItOutEnabled: boolean }}
 *   SwaggerOptions
 */

const { SwaggerUIBundle } = /** @type {Window & { SwaggerUIBundle: (options: SwaggerOptions) => unknown }} */ (
  /** @type {unknown} */ (window)
);

const domNode = document.getElementById("api");

if (domNode?.dataset.openapi) {
  SwaggerUIBundle({
    url: domNode.dataset.openapi,
    domNode,
    deepLinking: true,
    // Without this, Swagger UI would send the document to a validator on another host.
    validatorUrl: null,
    tryItOutEnabled: true,
  });
}
