/**
 * A path that names no file is answered with the page, which shows what the path says: a link or a reload of
 * `/models/my.model` works. CloudFront's own error pages would do it, but for the API's 404s, too.
 */
// biome-ignore lint/correctness/noUnusedVariables: CloudFront calls it by its name.
function handler(event) {
  const request = event.request;
  const namesFile = /^\/assets\/|^\/[^/]+\.\w+$/.test(request.uri);
  if (!namesFile) request.uri = '/index.html';
  return request;
}
