/** A deployment of the account: a model under a name of one's own. */
export interface Deployment {
  owner: string;
  name: string;
  model: string;
  /** What predictions of a deployment show as version (observed: `dp-` and a hash). */
  version: string;
}

export const DEPLOYMENTS: readonly Deployment[] = [
  {
    owner: "acme",
    name: "my-app-image-generator",
    model: "black-forest-labs/flux-schnell",
    version: "dp-4e4b2d5c1f0a9e8d7c6b5a49382716f5",
  },
];

/** The deployment of an `owner/name`, or undefined. */
export function findDeployment(slug: string): Deployment | undefined {
  return DEPLOYMENTS.find(({ owner, name }) => `${owner}/${name}` === slug);
}
