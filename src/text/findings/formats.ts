import type { Message } from './message.ts'

export const FORMAT_MESSAGES = {} as const satisfies Record<string, Message>
