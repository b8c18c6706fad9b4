# The sandbox as an image. TEST ONLY.
#
#   docker build -t netanswer:local .
#
# builds everything. Where no image can be fetched, `make binary` makes the
# binary and the stage "prebuilt", which needs no other image, takes it in:
#
#   docker build -t netanswer:local --target prebuilt -f Dockerfile dist
#
# The image holds one file, writes nothing and runs as nobody in particular. It
# listens on every address, so it needs NETANSWER_CONTROL_TOKEN, and says so.

# What the image says of itself, whoever built the binary.
FROM scratch AS settings
ARG VERSION=devel
ARG REVISION=unknown
LABEL org.opencontainers.image.title="netanswer" \
      org.opencontainers.image.description="Sandbox for the new registration of a Japanese card company's internet service. TEST ONLY." \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
ENV NETANSWER_MEMBER=:8080 \
    NETANSWER_CONSOLE=:8090 \
    NETANSWER_REST=:8091 \
    NETANSWER_SMTP=:1025 \
    NETANSWER_IMAP=:1143 \
    NETANSWER_SMPP=:2775 \
    NETANSWER_SIP=0.0.0.0:5060
EXPOSE 8080 8090 8091 1025 1143 2775 5060/tcp 5060/udp
USER 65532:65532
HEALTHCHECK --interval=5s --timeout=3s --start-period=10s --retries=3 CMD ["/netanswer", "health"]
ENTRYPOINT ["/netanswer"]
CMD ["serve"]

FROM settings AS prebuilt
COPY netanswer /netanswer

# The recipe is the Makefile's, so that the binary is the same to the byte.
FROM --platform=$BUILDPLATFORM golang:1.26.8-bookworm AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
ARG VERSION=devel
# The builder tells these two; a default here would go before what it tells.
ARG TARGETOS
ARG TARGETARCH
RUN make binary VERSION=${VERSION} GOOS=${TARGETOS} GOARCH=${TARGETARCH}

FROM settings
COPY --from=build /src/dist/netanswer /netanswer
