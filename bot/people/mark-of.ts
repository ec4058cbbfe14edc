import { createHash } from 'node:crypto'

/** A short checksum that stands for an id where the id itself need not be kept. */
export const markOf = (id: string): string => createHash('sha256').update(id).digest('base64url').slice(0, 16)
