# The app on Node. docs/deploy-node.md tells how to build, migrate and run it.
FROM node:24.21.0-bookworm-slim AS build
WORKDIR /app
COPY . .
# Installs what the lock says, then builds; needs no variable.
RUN ["npm", "run", "build"]

FROM node:24.21.0-bookworm-slim
WORKDIR /app
ENV NODE_ENV=production HOSTNAME=0.0.0.0 PORT=3000
COPY --from=build /app/.next/standalone ./
USER node
EXPOSE 3000
HEALTHCHECK --interval=15s --timeout=5s --start-period=20s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/api/health').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "server.js"]
