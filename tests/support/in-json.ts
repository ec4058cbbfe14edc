import type { AdaptiveCard } from '../../cards/render.js'

/** A card as it goes out, made of an object. */
export const inJson = (card: object): AdaptiveCard => ({ json: JSON.stringify(card) })
