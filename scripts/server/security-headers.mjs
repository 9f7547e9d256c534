/**
 * The content security policy of the product, one directive a row. The server, hosting/web.config,
 * hosting/nginx.conf and the page's own meta element all state this; tests/server.test.ts compares them.
 */
const DIRECTIVES = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "font-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
]

export const CONTENT_SECURITY_POLICY = DIRECTIVES.join('; ')

/** The same policy for a meta element, where browsers do not accept frame-ancestors. */
export const CONTENT_SECURITY_POLICY_META = DIRECTIVES.filter(
  (directive) => !directive.startsWith('frame-ancestors'),
).join('; ')

/** @type {Readonly<Record<string, string>>} */
export const SECURITY_HEADERS = {
  'Content-Security-Policy': CONTENT_SECURITY_POLICY,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'X-Frame-Options': 'DENY',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
}
