# docker build -t backpropscope . && docker run --rm -p 8000:8000 -v backpropscope:/data backpropscope
# It writes nothing but /data and /tmp: --read-only --tmpfs /tmp --cap-drop ALL hold. compose.yaml puts TLS before it.
FROM python:3.11-slim AS kernel
RUN apt-get update -qq && apt-get install -y -qq --no-install-recommends gcc libc6-dev
COPY app/kernel /kernel
RUN python /kernel/build.py

FROM node:20-slim AS bundle
WORKDIR /bundle
COPY package.json package-lock.json ./
RUN npm ci --silent --no-audit --no-fund --ignore-scripts
COPY scripts/bundle.mjs ./scripts/
COPY static ./static
RUN npm run --silent bundle

FROM python:3.11-slim

ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore
WORKDIR /srv/backpropscope

COPY requirements.lock ./
RUN python -m pip install --no-cache-dir --require-hashes --only-binary :all: -r requirements.lock

COPY LICENSE ./
COPY app ./app
COPY static ./static
COPY templates ./templates
COPY --from=bundle /bundle/static/bundle ./static/bundle
COPY --from=kernel /kernel/built ./app/kernel/built
# Compiled now, because the user below may write nothing here.
RUN python -m compileall -q app \
  && useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin backpropscope \
  && install -d -o backpropscope -g backpropscope /data

ENV BACKPROPSCOPE_DATA_DIR=/data
VOLUME /data
USER 10001
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
  CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/health/ready', timeout=4)"]
ENTRYPOINT ["python", "-m", "app", "--host", "0.0.0.0", "--no-browser"]
