# Nhắc Lịch.  Build: docker build -t nhaclich .   Run: docker run -v nhaclich:/data --env-file .env nhaclich
FROM python:3.11-slim AS build
COPY . /src
RUN sh /src/scripts/install_image.sh /src /opt/nhaclich

FROM python:3.11-slim
RUN useradd --system --uid 10001 --home-dir /data --create-home nhaclich
COPY --from=build /opt/nhaclich /opt/nhaclich
ENV PATH=/opt/nhaclich/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    DATABASE_URL=sqlite:////data/nhaclich.db
USER nhaclich
WORKDIR /data
VOLUME /data
HEALTHCHECK --interval=30s --timeout=15s --start-period=20s --retries=3 CMD ["nhaclich", "doctor", "--health"]
CMD ["nhaclich", "run"]
