# The server with its screens. Build: docker build -t lobbyflow .

FROM node:22-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY . .
RUN npm run build

FROM node:22-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --no-audit --no-fund && npm cache clean --force

FROM node:22-bookworm-slim
WORKDIR /app
ENV NODE_ENV=production HOST=0.0.0.0 PORT=4600 LOBBYFLOW_DATA=/data
# Speaks calls that have no recordings.
RUN apt-get update && apt-get install -y --no-install-recommends espeak-ng && rm -rf /var/lib/apt/lists/*
RUN install --directory --owner=node --group=node /data
COPY package.json tsconfig.json ./
COPY --from=packages /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY domain domain
COPY protocol protocol
COPY config config
COPY server server
COPY scripts/backup.ts scripts/restore.ts scripts/
USER node
VOLUME /data
EXPOSE 4600
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/ready`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# Not through npm, which does not hand the signal to stop on.
CMD ["node", "--import", "tsx", "server/main.ts"]
