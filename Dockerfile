# syntax=docker/dockerfile:1
# One image for the API (default), the worker (`node dist/worker`) and the CLI (`node dist/cli …`).
# What is in it and why: docs/adr/0060-image.md. `npm run verify:deploy` builds and runs it.

# The digest says which image; the tag is for people, and for who proposes a newer one.
ARG NODE_IMAGE=docker.io/library/node:24.21.0-bookworm-slim@sha256:0e0ff40c39bc087845bfb27465a0df4ea419520094bc35842ff83dd8cbe6f9b6

# An init that passes signals on and lets commands die of them: as process 1, Node ignores every
# signal that nobody handles. The base image has none.
FROM ${NODE_IMAGE} AS init
RUN apt-get update \
  && apt-get install -y --no-install-recommends tini \
  && rm -rf /var/lib/apt/lists/*

# Production dependencies: a layer that changes with the lock file and not with the code. Native
# modules come as prebuilt packages, so no script has to run.
FROM ${NODE_IMAGE} AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
COPY scripts/prune-dependencies.ts scripts/unbundled-packages.ts scripts/
RUN --mount=type=cache,target=/root/.npm \
  npm ci --omit=dev --ignore-scripts \
  && node scripts/prune-dependencies.ts

FROM ${NODE_IMAGE} AS builder
WORKDIR /app
COPY package.json package-lock.json ./
RUN --mount=type=cache,target=/root/.npm npm ci --ignore-scripts
COPY nest-cli.json tsconfig.json .swcrc ./
COPY scripts/build-if-stale.ts scripts/bundle.ts scripts/unbundled-packages.ts \
  scripts/page-assets.ts scripts/build-console.ts scripts/develop.ts scripts/
COPY src src
COPY pages pages
COPY client client
COPY console console
COPY mails mails
COPY migrations migrations
RUN npm run build

# For people: reloads when a file of src or migrations changes. Mount these two from the host, and mails.
FROM builder AS development
ENV ENVIRONMENT=development LOG_FORMAT=text DATA_DIR=/tmp/data
COPY --from=init /usr/bin/tini /usr/bin/tini
RUN chown 1000:1000 /app && chown -R 1000:1000 build dist
USER 1000:1000
EXPOSE 8080
ENTRYPOINT ["/usr/bin/tini", "--"]
CMD ["node", "scripts/develop.ts"]

FROM ${NODE_IMAGE} AS runtime
ARG BUILD_DATE
ARG BUILD_VERSION
ARG BUILD_COMMIT
LABEL org.opencontainers.image.created=$BUILD_DATE \
  org.opencontainers.image.version=$BUILD_VERSION \
  org.opencontainers.image.revision=$BUILD_COMMIT \
  org.opencontainers.image.title="cloudnative-user-api" \
  org.opencontainers.image.description="User accounts service: API, job worker and CLI" \
  org.opencontainers.image.licenses="MIT"
# Whoever runs this image installs nothing in it.
RUN rm -rf /usr/local/lib/node_modules /usr/local/bin/npm /usr/local/bin/npx \
  /usr/local/bin/corepack /usr/local/bin/yarn /usr/local/bin/yarnpkg /opt/yarn-*
WORKDIR /app
COPY --from=init /usr/bin/tini /usr/bin/tini
COPY deploy/image/healthcheck.mjs ./
COPY --from=dependencies /app/node_modules node_modules
COPY package.json ./
COPY mails mails
COPY migrations migrations
COPY --from=builder /app/dist dist
# Less memory under load for the same CPU time: docs/adr/0074-memory-under-load.md
ENV NODE_OPTIONS=--max-semi-space-size=8 \
  MALLOC_ARENA_MAX=2
ENV NODE_ENV=production \
  ENVIRONMENT=production \
  APP_VERSION=$BUILD_VERSION \
  BUILD_ID=$BUILD_COMMIT
# Numeric, so that `runAsNonRoot` can be checked; nothing in the image belongs to this user.
USER 1000:1000
EXPOSE 8080 9090
HEALTHCHECK --interval=30s --timeout=3s --start-period=15s --retries=3 \
  CMD ["node", "healthcheck.mjs"]
ENTRYPOINT ["/usr/bin/tini", "--"]
CMD ["node", "dist/main"]
