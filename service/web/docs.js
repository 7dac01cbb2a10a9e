// The endpoints of /openapi.json, to be read and tried (Swagger UI).

const dark = matchMedia("(prefers-color-scheme: dark)");
const follow = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
dark.addEventListener("change", follow);
follow();

window.SwaggerUIBundle({
  url: "/openapi.json",
  dom_id: "#interface",
  deepLinking: true,
  tryItOutEnabled: true,
  defaultModelsExpandDepth: 0, // the schemas are shown with their endpoints
  validatorUrl: null, // asks no server elsewhere
});
