/* global SwaggerUIBundle, window */

window.ui = SwaggerUIBundle({
  url: '/api/v1/openapi.json',
  dom_id: '#reference',
  deepLinking: true,
  docExpansion: 'none',
  filter: true,
  defaultModelsExpandDepth: -1,
  displayOperationId: true,
  displayRequestDuration: true,
  // asks a foreign host otherwise
  validatorUrl: null,
});
