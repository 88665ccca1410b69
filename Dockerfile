# The image of one service: docker build --build-arg APP=quota .
# The image of the OpenID provider of the compose profile: docker build --target oidc .
# The image of the job that makes databases and topics: docker build --target prepare .
ARG NODE_IMAGE=node:24.21.0-bookworm-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /guoku
ENV SCARF_ANALYTICS=false DO_NOT_TRACK=1 NX_NO_CLOUD=true NX_DAEMON=false
COPY . .
# Install scripts are left out: they fetch PostgreSQL's links and nothing that runs in here.
RUN npm ci --ignore-scripts \
 && npx nx run-many -t build \
 && npm prune --omit=dev --omit=optional --ignore-scripts

FROM ${NODE_IMAGE} AS runtime
WORKDIR /guoku
ENV NODE_ENV=production BIND_ADDRESS=0.0.0.0
COPY --from=build /guoku/package.json ./
COPY --from=build /guoku/node_modules ./node_modules
COPY --from=build /guoku/libs ./libs
COPY --from=build /guoku/tools/embedded ./tools/embedded
USER node

FROM runtime AS oidc
ENTRYPOINT ["node", "tools/embedded/src/oidc/main.mjs"]

FROM runtime AS prepare
COPY --from=build /guoku/tools/launcher ./tools/launcher
ENTRYPOINT ["node", "tools/launcher/prepare.mjs"]

FROM runtime AS service
ARG APP
COPY --from=build /guoku/apps/${APP} ./apps/${APP}
USER root
# An entry point that knows its service, without a shell between it and the signals.
RUN test -f "apps/${APP}/dist/main.js" && ln -s "apps/${APP}/dist/main.js" main.js
USER node
HEALTHCHECK --interval=5s --timeout=3s --start-period=30s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.HTTP_PORT}/ready`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "--max-semi-space-size=4", "main.js"]
