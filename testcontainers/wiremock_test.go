package netanswer_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/moby/moby/api/types/container"
	"github.com/testcontainers/testcontainers-go"
	"github.com/testcontainers/testcontainers-go/network"
	"github.com/testcontainers/testcontainers-go/wait"

	"example.com/netanswer/test/provision"
)

// officialWireMock is what docker-compose.yml names.
const officialWireMock = "wiremock/wiremock:" + provision.WireMockVersion

// hollowWireMock stands for it where it cannot be fetched: an image without a
// file, in which this machine's Java and the jar of the same version are mounted.
const hollowWireMock = "netanswer-wiremock:under-test"

// hollow is that image, with the conduct of the official one.
const hollow = `FROM scratch
WORKDIR /home/wiremock
HEALTHCHECK CMD ["curl", "--fail", "--silent", "http://localhost:8080/__admin/health"]
ENTRYPOINT ["java", "-Xmx192m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", "/var/wiremock/lib/*", "wiremock.Run"]
`

// A wireMockImage is an image of WireMock and what is mounted in it.
type wireMockImage struct {
	name  string
	binds []string
}

// wireMock is the official image if the engine has it, else the hollow one.
func wireMock(t *testing.T) wireMockImage {
	t.Helper()
	wanted(t, made.wrong)
	if _, err := run(t.Context(), "", made.engine.Docker, "image", "inspect", officialWireMock); err == nil {
		return wireMockImage{name: officialWireMock}
	}
	found, err := provision.FindWireMock(provision.Options{})
	wanted(t, err)
	java, err := filepath.EvalSymlinks(found.Java)
	if err != nil {
		t.Fatal(err)
	}
	home := filepath.Dir(filepath.Dir(java))
	w := wireMockImage{name: hollowWireMock, binds: append(machine(t), filepath.Dir(found.Jar)+":/var/wiremock/lib:ro", home+":"+home+":ro")}
	// Debian keeps what Java is configured by in /etc, and links to it.
	configured, err := filepath.Glob("/etc/java*")
	if err != nil {
		t.Fatal(err)
	}
	for _, dir := range configured {
		w.binds = append(w.binds, dir+":"+dir+":ro")
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "Dockerfile"), []byte(hollow), 0o644); err != nil {
		t.Fatal(err)
	}
	docker(t, "build", "--quiet", "--tag", hollowWireMock, dir) // the same each time, and removed by TestMain
	return w
}

// machine is what a program of this machine's needs of it in an empty image.
func machine(t *testing.T) (binds []string) {
	t.Helper()
	for _, dir := range []string{"/usr", "/lib", "/lib64", "/bin", "/etc/alternatives", "/etc/ssl"} {
		if _, err := os.Stat(dir); err == nil {
			binds = append(binds, dir+":"+dir+":ro")
		}
	}
	return binds
}

// issuer runs a WireMock that answers for the card company's core system, in a
// network with the sandbox that is to ask it.
func issuer(t *testing.T) (c testcontainers.Container, inNetwork *testcontainers.DockerNetwork) {
	t.Helper()
	w := wireMock(t)
	stubs := t.TempDir()
	if _, err := run(t.Context(), "", made.binary, "issuer", "export", "-dir", stubs); err != nil {
		t.Fatal(err)
	}
	// Whoever WireMock runs as has to read it, and make a folder of its own.
	if err := os.Chmod(stubs, 0o777); err != nil {
		t.Fatal(err)
	}
	net, err := network.New(t.Context())
	testcontainers.CleanupNetwork(t, net)
	if err != nil {
		t.Fatal(err)
	}
	c, err = testcontainers.Run(
		t.Context(),
		w.name,
		testcontainers.WithExposedPorts("8080/tcp"),
		testcontainers.WithCmd("--disable-banner"),
		network.WithNetwork([]string{"issuer"}, net),
		testcontainers.WithHostConfigModifier(func(h *container.HostConfig) { h.Binds = append(w.binds, stubs+":/home/wiremock") }),
		testcontainers.WithWaitStrategy(wait.ForHTTP("/__admin/health").WithPort("8080/tcp").WithStartupTimeout(time.Minute)),
	)
	testcontainers.CleanupContainer(t, c)
	if err != nil {
		t.Fatal(err)
	}
	return c, net
}
