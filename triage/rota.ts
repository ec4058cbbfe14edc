import type { Severity } from './alert.js'
import type { Person } from './person.js'
import { dayNumber, dayText, instantOf, localTime } from './zone.js'
import { type WorkingHours, isWorking, shiftsBetween } from './working-hours.js'

/** People who are on call in turn: so many days each, from that day (`YYYY-MM-DD`) on, handed over at that minute of the day. */
export type Layer = {
  readonly name: string
  readonly people: readonly Person[]
  readonly zone: string
  readonly from: string
  readonly handover: number
  readonly everyDays: number
  /** When it covers; null for round the clock. */
  readonly hours: WorkingHours | null
}

/** Someone stands in for whoever would be on call in that layer (null for the one that covers), from one moment to another. */
export type Override = {
  readonly person: Person
  readonly layer: string | null
  readonly from: number
  readonly to: number
}

/** Someone is away from one day to another, both included; their turns go to the next in the rotation. */
export type Away = { readonly personId: string; readonly from: string; readonly to: string }

/** Who is on call when: the first layer that covers a time has it, the others are behind it. */
export type Rota = {
  readonly layers: readonly Layer[]
  readonly overrides: readonly Override[]
  readonly away: readonly Away[]
  /** How bad an alert must be to page them. */
  readonly atLeast: Severity
}

/**
 * Who is on call at that moment, in milliseconds since 1970, and whom to page after them: the first of each layer that covers, then
 * the others of the first one in their order. Empty where no layer covers.
 */
export const onCallAt = (rota: Rota, at: number): readonly Person[] => {
  const covering = rota.layers.filter((layer) => covers(layer, at))
  const orders = covering.map((layer, rank) => orderAt(rota, layer, rank === 0, at)).filter((order) => order.length > 0)
  const [first = []] = orders
  return unique([...orders.flatMap((order) => order.slice(0, 1)), ...first])
}

/** The moments in a span, its end included, at which someone else comes on call. */
export const handoversIn = (rota: Rota, after: number, until: number): readonly number[] => {
  const bounds = [
    ...rota.layers.flatMap((layer) => boundsOf(layer, after, until)),
    ...rota.overrides.flatMap(({ from, to }) => [from, to]),
  ]
  return [...new Set(bounds)]
    .filter((at) => at > after && at <= until && nameAt(rota, at) !== nameAt(rota, at - 1))
    .toSorted((one, other) => one - other)
}

const nameAt = (rota: Rota, at: number): string => onCallAt(rota, at)[0]?.id ?? ''

const covers = ({ hours }: Layer, at: number): boolean => hours === null || isWorking(at, hours)

/** The people of a layer in the order in which they are paged now. */
const orderAt = ({ overrides, away }: Rota, layer: Layer, isFirst: boolean, at: number): readonly Person[] => {
  const { name, people, zone, from, handover, everyDays } = layer
  const { day } = localTime(at, zone)
  const shiftDay = at >= instantOf({ day, minute: handover }, zone) ? day : day - 1
  const elapsed = shiftDay - dayNumber(from)
  const today = dayText(day)
  const isHere = ({ id }: Person): boolean =>
    !away.some((one) => one.personId === id && one.from <= today && today <= one.to)
  const turn = Math.floor(elapsed / everyDays) % people.length
  const order = elapsed < 0 ? [] : [...people.slice(turn), ...people.slice(0, turn)].filter(isHere)
  const instead = overrides.findLast(
    (one) => at >= one.from && at < one.to && (one.layer === null ? isFirst : one.layer === name),
  )
  return instead ? unique([instead.person, ...order]) : order
}

/** The moments at which a layer may change: where a turn ends, and where its hours begin and end. */
const boundsOf = ({ zone, handover, hours }: Layer, after: number, until: number): readonly number[] => {
  const [first, last] = [localTime(after, zone).day - 1, localTime(until, zone).day]
  const days = Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => first + at)
  return [
    ...days.map((day) => instantOf({ day, minute: handover }, zone)),
    ...(hours === null ? [] : shiftsBetween(after, until, hours).flatMap(({ start, end }) => [start, end])),
  ]
}

/** Each person once, where they come first. */
const unique = (people: readonly Person[]): readonly Person[] =>
  people.filter(({ id }, at) => people.findIndex((one) => one.id === id) === at)
