import { type Rule, title, type Toleration, workloads } from '../manifests.js';

/** Whatever may run on tainted nodes, all may: where those are the only ones, nothing is left pending. */
export const scheduling: Rule = (manifests) => {
  const pods = workloads(manifests);
  const tolerated = ({ template }: (typeof pods)[number]) =>
    (template.spec.tolerations ?? []).map(inOrder);
  const all = new Set(pods.flatMap(tolerated));
  return pods.flatMap((pod) => {
    const own = new Set(tolerated(pod));
    return [...all]
      .filter((toleration) => !own.has(toleration))
      .map((toleration) => `${title(pod.owner)} does not tolerate ${toleration}, as others do`);
  });
};

function inOrder({ key, operator, value, effect }: Toleration): string {
  return [key, operator, value, effect].join(' ');
}
