/** What `opennextjs-cloudflare build` makes; wrangler.toml's [alias] tells where it is. */
declare module "open-next-worker" {
  const site: { fetch(request: Request, env: object, context: object): Promise<Response> };
  export default site;
}
