import type { Message } from './message.ts'

export const PROJECT_MESSAGES = {} as const satisfies Record<string, Message>
