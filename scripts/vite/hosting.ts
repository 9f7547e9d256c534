import { readFileSync } from 'node:fs'
import type { Plugin } from 'vite'
import { CONTENT_SECURITY_POLICY_META } from '../server/security-headers.mjs'

/**
 * What a host needs beside the site: IIS reads web.config from the site's own folder, and the page states its
 * security policy itself for hosts that send no headers.
 */
export function hosting(): Plugin {
  return {
    name: 'lageskartan:hosting',
    apply: 'build',
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: {
          'http-equiv': 'Content-Security-Policy',
          content: CONTENT_SECURITY_POLICY_META,
        },
        injectTo: 'head-prepend',
      },
    ],
    generateBundle() {
      this.emitFile({
        type: 'asset',
        fileName: 'web.config',
        source: readFileSync('hosting/web.config', 'utf8'),
      })
    },
  }
}
