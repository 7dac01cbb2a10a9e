// The endpoints of /openapi.json, to be read and tried (Swagger UI).

window.SwaggerUIBundle({
  url: "/openapi.json",
  dom_id: "#interface",
  deepLinking: true,
  tryItOutEnabled: true,
  validatorUrl: null, // asks no server elsewhere
});
