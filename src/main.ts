import { mount } from 'svelte'
import { watchOffline } from './app/offline.ts'
import { Session } from './app/session.svelte.ts'
import App from './ui/App.svelte'
import './ui/base.css'
import { Theme } from './ui/theme.ts'

const session = new Session(new URL('package/', document.baseURI).href)
void session.open()

let settled = false

mount(App, {
  target: document.getElementById('app')!,
  props: {
    session,
    theme: new Theme(document.documentElement),
    onsettled: () => {
      if (settled) return
      settled = true
      performance.mark('first-map')
      void session.startEngine().then(() => {
        if (session.engine.state === 'ready') performance.mark('engine-ready')
      })
      watchOffline((state) => (session.offline = state))
    },
  },
})
