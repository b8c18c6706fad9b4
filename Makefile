# make help lists the targets. GOTESTFLAGS adds flags to every go test.

GO          ?= go
GOTESTFLAGS ?=
BENCH       ?= .
BENCHTIME   ?= 1s
FUZZTIME    ?= 20s
ABUSETIME   ?= 10m
TESTTIME    ?= 60m
WALKS       ?= 5000
BROWSERWALKS ?= 20
SINCE       ?= main
MUTANTFLAGS ?=
VERSION     ?= devel
DIST        ?= dist
IMAGE       ?= netanswer:local

.PHONY: help test nightly quick setup lint scenarios walks mutants qualify spec bench fuzz abuse voice binary vulnerabilities sbom image clean
.NOTPARALLEL:

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# What runs whole suites, programs and browsers, and is not made safer by being
# watched for races four times over. What takes longest stands first, as go test
# begins with it. Behind them what has no concurrency of its own that the raced
# scenarios would not reach, and takes three to seventeen times as long when watched.
WHOLE := test/scenarios steps/driver/browser test/second testcontainers test/documents test/foreign test/walks test/issuer test/several test/telephone test/clients internal/cli \
	internal/mutate test/deploy sandbox/web sandbox/api steps/runner test/slowest
LINTED := test/architecture test/modules
MODULE := $(shell $(GO) list -m)

# A go test whose times are kept; what it prints and returns is that of go test.
TIMES := reports/times.ndjson
TIMED := $(GO) run ./test/slowest -to $(TIMES)

# The last command is a go test, so that its lines end the output; before them
# stands what was slowest. -count=1: a browser and its fonts are no part of go's
# cache key, and the reports are to be those of this run. The race detector watches
# everything once: of the drivers, api and a part of pc. -p 3: packages wait for pages,
# programs and connections as well as they compute. -ldflags=-w: what only a debugger
# reads is a fifth of a test's linking. What is sampled is drawn by the
# day, test/sample; the nightly workflow draws everything.
# It is compiled as make binary compiles, so that what the image needs is compiled
# once; the race detector needs cgo.
test: export CGO_ENABLED = 0
test: export GOFLAGS := -trimpath $(GOFLAGS)
test: setup lint ## setup, lint, unit tests with -race and the fuzz targets' seeds, the scenarios through all drivers
	@rm -f $(TIMES)
	CGO_ENABLED=1 $(TIMED) -- $(GO) test -race -count=1 -p 3 -vet=off -shuffle=on -ldflags=-w -timeout $(TESTTIME) $(GOTESTFLAGS) $$($(GO) list ./... | grep -vxF $(patsubst %,-e $(MODULE)/%,$(WHOLE) $(LINTED)))
	CGO_ENABLED=1 NETANSWER_TEST_DRIVERS=api,pc NETANSWER_TEST_REPORTS=reports/raced $(TIMED) -- $(GO) test -race -count=1 -ldflags=-w -timeout $(TESTTIME) -run '^TestScenarios$$' $(GOTESTFLAGS) ./test/scenarios
	NETANSWER_TEST_REPORTS=reports/scenarios $(TIMED) -tell reports/scenarios/durations.json -- $(GO) test -count=1 -p 3 -vet=off -shuffle=on -ldflags=-w -timeout $(TESTTIME) $(GOTESTFLAGS) $(addprefix ./,$(WHOLE))

quick: lint ## the inner loop: lint, unit tests without browsers, the scenarios by the API, one a screen in a browser
	$(GO) test -short $$($(GO) list ./... | grep -vE '/(test/.*|testcontainers|steps/driver/browser)$$')
	$(GO) run . verify -driver api
	$(GO) run . verify -driver pc -tags '@p23-1 or @p26-6 or @p33-4 or @p34-4 or @p35-1 or @p36-1 or @p38-1'

setup: ## find or install the browser, its driver, fonts, axe-core, linters, others' clients and telephones, WireMock, Docker
	$(GO) run ./test/setup

lint: ## gofmt, go vet, staticcheck, the rules of test/architecture, types and style of the modules
	@unformatted=$$(gofmt -l .) && if [ -n "$$unformatted" ]; then echo "gofmt would change:"; echo "$$unformatted"; exit 1; fi
	$(GO) vet ./...
	$(GO) tool staticcheck ./...
	$(GO) test -run '^TestArchitecture|^TestModules' $(GOTESTFLAGS) ./test/architecture ./test/modules

# What test draws from, whole: every scenario through every driver, every fault and
# break of the other implementations, and everything under the race detector.
nightly: ## what test only draws from, whole, and all of it with -race
	NETANSWER_TEST_SAMPLE=all NETANSWER_TEST_FOREIGN=all NETANSWER_TEST_BREAKS=all $(GO) test -race -count=1 -shuffle=on -timeout 0 $(GOTESTFLAGS) ./...

scenarios: ## all scenarios through all drivers, with the table of rules at the end
	NETANSWER_TEST_SAMPLE=all $(GO) test -count=1 -timeout $(TESTTIME) -v -run '^TestScenarios$$' $(GOTESTFLAGS) ./test/scenarios

walks: ## many walks that nobody wrote down, with a new seed, through the API and browsers (WALKS=5000 BROWSERWALKS=20)
	$(GO) run . verify -walk $(WALKS) -driver api
	$(GO) run . verify -walk $(BROWSERWALKS) -driver pc -driver iphone

mutants: ## every small change of the source's rules and providers, and slips written by hand (CHANGED=1: only what differs from main)
	NETANSWER_TEST_SAMPLE=$(if $(CHANGED),,all) $(GO) test -count=1 -timeout 30m ./internal/mutate
	$(GO) run ./internal/mutate/mutants $(if $(CHANGED),-changed $(SINCE)) $(MUTANTFLAGS)

qualify: ## mutation testing: which scenarios notice a broken sandbox?
	$(GO) run . qualify

spec: ## the specification as a site, in site/, with pictures
	$(GO) run . spec -pictures

bench: ## the benchmarks (BENCH=name BENCHTIME=10s)
	$(GO) test -run '^$$' -bench '$(BENCH)' -benchmem -benchtime $(BENCHTIME) -timeout 60m $(GOTESTFLAGS) ./...

fuzz: ## each fuzz target for a while (FUZZTIME=1m)
	@grep -rHoE --include='*_test.go' '^func Fuzz[A-Za-z0-9_]+' . | sed 's/:func /:/' | while IFS=: read -r file target; do \
		echo "$(GO) test -fuzz ^$$target\$$ $$(dirname $$file)"; \
		$(GO) test -run '^$$' -fuzz "^$$target\$$" -fuzztime $(FUZZTIME) $(GOTESTFLAGS) "$$(dirname $$file)" || exit 1; \
	done

abuse: ## the attacks of test/abuse for a while (ABUSETIME=10m)
	NETANSWER_TEST_ABUSE=$(ABUSETIME) $(GO) test -count=1 -timeout 0 -v -run '^TestBadConnections' $(GOTESTFLAGS) ./test/abuse

voice: ## the recordings of the telephone's guidance, made anew by espeak-ng
	$(GO) generate ./mocks/ivr/voice

# The same source, toolchain and VERSION make the same bytes in any folder.
binary: ## the static binary of a release, in dist/ (VERSION=1.2.3 GOARCH=arm64)
	CGO_ENABLED=0 GOFLAGS= $(GO) build -trimpath -buildvcs=false -ldflags '-s -w -buildid= -X example.com/netanswer/internal/cli.version=$(VERSION)' -o $(DIST)/netanswer .

# Not part of make lint: it asks a server on the internet.
vulnerabilities: ## known vulnerabilities of the modules that are used
	$(GO) run golang.org/x/vuln/cmd/govulncheck@v1.1.4 ./...

sbom: ## the modules of the binary as CycloneDX, in dist/
	@mkdir -p $(DIST)
	$(GO) run github.com/CycloneDX/cyclonedx-gomod/cmd/cyclonedx-gomod@v1.9.0 app -json -licenses -output $(DIST)/netanswer.cdx.json -main . .

image: ## the image, built in a container (IMAGE=name:tag, VERSION=1.2.3)
	docker build -t $(IMAGE) --build-arg VERSION=$(VERSION) --build-arg REVISION=$$(git rev-parse HEAD) .

clean: ## remove reports and the binary
	rm -rf reports dist netanswer
