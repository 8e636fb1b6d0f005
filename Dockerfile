# EventHub data: `docker build -t eventhub-data .`, then
# `docker run --rm -v "$PWD/data:/data" eventhub-data` makes every file in ./data as `make run` does.
FROM python:3.12-slim

RUN apt-get update \
    && apt-get install --yes --no-install-recommends make \
    && rm -rf /var/lib/apt/lists/*

WORKDIR /eventhub

# What changes seldom comes first: the environment stays as long as the lock does.
COPY Makefile requirements.lock ./
COPY tools ./tools
RUN make .venv/run.ok

COPY . .
# Another user who runs the image needs to read it all, and writes to the mounted folder alone.
RUN touch .venv/run.ok && chmod -R a+rX /eventhub

ENV EVENTHUB_DATA_DIR=/data PYTHONDONTWRITEBYTECODE=1
VOLUME /data
CMD ["make", "run"]
