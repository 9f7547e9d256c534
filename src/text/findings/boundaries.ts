import type { Message } from './message.ts'

export const BOUNDARY_MESSAGES = {} as const satisfies Record<string, Message>
