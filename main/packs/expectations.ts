import { z } from 'zod'
import { packShapeSchema } from '../../shared/packs/pack-shape.ts'
import type { DataPath } from './yaml-tree.ts'

type JsonSchema = z.core.JSONSchema.BaseSchema

/** What a pack may hold at a place: the keys of a map, and the words of a choice. */
export interface Expectation {
  readonly keys: readonly string[]
  readonly words: readonly string[]
}

/** What a schema allows at `path` of `data`. Where `data` says which of several forms is meant, only that one counts. */
export function expectedAt(data: unknown, path: DataPath, schema: z.ZodType = packShapeSchema): Expectation {
  let here: { forms: JsonSchema[]; data: unknown } = { forms: formsOf(jsonSchemaOf(schema), data), data }
  for (const step of path) here = below(here, step)
  return {
    keys: [...new Set(here.forms.flatMap((form) => Object.keys(form.properties ?? {})))],
    words: [...new Set(here.forms.flatMap(wordsOf))],
  }
}

const cached = new WeakMap<z.ZodType, JsonSchema>()

function jsonSchemaOf(schema: z.ZodType): JsonSchema {
  const known = cached.get(schema)
  if (known !== undefined) return known
  const made = z.toJSONSchema(schema, { io: 'input' })
  cached.set(schema, made)
  return made
}

function below(
  { forms, data }: { forms: JsonSchema[]; data: unknown },
  step: PropertyKey,
): { forms: JsonSchema[]; data: unknown } {
  const inner = isMapLike(data) && Object.hasOwn(data, step) ? data[step] : undefined
  const next = forms.flatMap((form) => {
    const found = typeof step === 'number' ? form.items : form.properties?.[String(step)]
    return isSchema(found) ? formsOf(found, inner) : []
  })
  return { forms: next, data: inner }
}

/** A schema's alternatives laid out, without those that a constant of theirs rules out for this data. */
function formsOf(schema: JsonSchema, data: unknown): JsonSchema[] {
  const alternatives = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])]
  if (alternatives.length === 0) return [schema]
  const all = alternatives.filter(isSchema)
  const fitting = all.filter((form) => !contradicts(form, data))
  return (fitting.length > 0 ? fitting : all).flatMap((form) => formsOf(form, data))
}

function contradicts(form: JsonSchema, data: unknown): boolean {
  return Object.entries(form.properties ?? {}).some(
    ([key, property]) =>
      isSchema(property) && property.const !== undefined && isMapLike(data) && data[key] !== property.const,
  )
}

function wordsOf(form: JsonSchema): string[] {
  return [form.const, ...(form.enum ?? [])].filter((word) => typeof word === 'string')
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isMapLike(value: unknown): value is Record<PropertyKey, unknown> {
  return typeof value === 'object' && value !== null
}
