import { readFileSync } from 'node:fs'
import { type LoadedPack, readPack } from '../main/packs/pack-file.ts'

/** A pack that ships with Muster, by its id. */
export function shippedPack(id: string): LoadedPack {
  return readPack(readFileSync(new URL(`../assets/packs/${id}.yaml`, import.meta.url)), `${id}.yaml`)
}

export const infinity: LoadedPack = shippedPack('infinity')
