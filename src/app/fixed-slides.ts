import { sha256Hex } from '../files/sha256.ts'
import {
  fixedText,
  type Briefing,
  type BriefingSlide,
  type FixedSlide,
} from '../views/briefing/briefing.ts'
import type { ShownSlide } from '../views/briefing/shown-slide.ts'

const checksumOf = (fixed: Omit<FixedSlide, 'checksum'>): Promise<string> =>
  sha256Hex(new TextEncoder().encode(fixedText(fixed)).buffer)

/** A slide as it is shown, established. @param when by whom, when and of which release */
export async function fixedSlide(
  slide: BriefingSlide,
  { title, content }: Pick<ShownSlide, 'title' | 'content'>,
  when: Pick<FixedSlide, 'fixedAt' | 'by' | 'release'>,
): Promise<BriefingSlide> {
  const fixed = { ...when, title, words: slide.words, content }
  return { ...slide, fixed: { ...fixed, checksum: await checksumOf(fixed) } }
}

/** The slides of a lägesbild that have been changed since they were fixed, by their identifiers. */
export async function damagedSlides({ slides }: Briefing): Promise<readonly string[]> {
  const damaged = await Promise.all(
    slides.map(async ({ id, fixed }) =>
      fixed && (await checksumOf(fixed)) !== fixed.checksum ? [id] : [],
    ),
  )
  return damaged.flat()
}
