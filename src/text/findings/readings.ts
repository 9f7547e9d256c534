import type { Message } from './message.ts'

export const READING_MESSAGES = {} as const satisfies Record<string, Message>
