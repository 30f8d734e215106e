import { z } from 'zod'

/**
 * The few messages of the DevTools protocol that Muster reads, as Chromium 156 sends them
 * (https://chromedevtools.github.io/devtools-protocol/tot/). Fields that are not listed are not used.
 */

export const attachedSchema = z.looseObject({
  sessionId: z.string(),
  targetInfo: z.looseObject({ targetId: z.string(), type: z.string(), url: z.string() }),
})

export const detachedSchema = z.looseObject({ sessionId: z.string() })

export const contextCreatedSchema = z.looseObject({
  context: z.looseObject({
    id: z.int(),
    auxData: z.looseObject({ isDefault: z.boolean(), frameId: z.string() }),
  }),
})

export const contextDestroyedSchema = z.looseObject({ executionContextId: z.int() })

export const bindingCalledSchema = z.looseObject({
  name: z.string(),
  payload: z.string(),
  executionContextId: z.int(),
})

export const frameNavigatedSchema = z.looseObject({
  frame: z.looseObject({ id: z.string(), parentId: z.string().optional(), url: z.string() }),
})

export const withinDocumentSchema = z.looseObject({ frameId: z.string(), url: z.string() })

export const requestPausedSchema = z.looseObject({
  requestId: z.string(),
  request: z.looseObject({ url: z.string(), method: z.string() }),
  resourceType: z.string(),
})

export const dialogSchema = z.looseObject({ type: z.string() })

/** What `Runtime.evaluate` answers when it gives an object by reference. */
export const remoteObjectSchema = z.looseObject({
  result: z.looseObject({ objectId: z.string().optional() }),
  exceptionDetails: z.looseObject({ text: z.string() }).optional(),
})

export const navigateSchema = z.looseObject({ errorText: z.string().optional() })

export const windowForTargetSchema = z.looseObject({
  windowId: z.int(),
  bounds: z.looseObject({ windowState: z.string().optional() }),
})

export const newTargetSchema = z.looseObject({ targetId: z.string() })

export const newSessionSchema = z.looseObject({ sessionId: z.string() })

export const printedSchema = z.looseObject({ stream: z.string() })

export const streamPartSchema = z.looseObject({
  data: z.string(),
  eof: z.boolean(),
  base64Encoded: z.boolean().optional(),
})
