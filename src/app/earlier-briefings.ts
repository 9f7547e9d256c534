import type { ProjectReading } from '../files/package/project.ts'
import { memoryOf } from '../views/briefing/slide-changes.ts'
import { withSlideChanged, type Briefing } from '../views/briefing/briefing.ts'
import { BriefingSlides } from './briefing-slides.ts'
import { PackageReader } from './load.ts'
import { HeldFiles } from './package-files.ts'
import { withKept, type SlideMaking } from './slide-making.ts'

/**
 * The lägesbilder of a project file, to be taken into a package of other figures: every slide that follows the data
 * remembers what it showed of the project's own, so that it can tell what has changed.
 * @param reading of a project that could be read
 * @throws PackageFault
 */
export async function earlierBriefings(
  reading: Extract<ProjectReading, { readonly ok: true }>,
  making: SlideMaking,
): Promise<readonly Briefing[]> {
  const { index, files, created, workspace } = reading
  const source = new PackageReader({
    ...{ index, written: index },
    files: new HeldFiles(
      (path) => Promise.resolve(files.get(path) ?? null),
      'project-file-missing',
    ),
  })
  const slides = new BriefingSlides(withKept(source, workspace), making)
  const when = { seenAt: created, release: index.release.id }
  const briefings: Briefing[] = []
  for (const briefing of workspace.briefings) {
    let own = briefing
    for (const { id, address, fixed, seen } of briefing.slides) {
      if (address === null || fixed || seen) continue
      const made = await slides.make(address)
      if (made.kind === 'made')
        own = withSlideChanged(own, id, { seen: memoryOf(made.content, when) })
    }
    briefings.push(own)
  }
  return briefings
}
