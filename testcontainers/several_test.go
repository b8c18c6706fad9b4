package netanswer_test

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"

	"example.com/netanswer/client"
	"example.com/netanswer/test/provision"
)

// What stands for the images of PostgreSQL and HAProxy: images without a program,
// in which this machine's are mounted. They are run as the official ones are.
const (
	hollowPostgres = "netanswer-postgres:under-test"
	hollowProxy    = "netanswer-proxy:under-test"
)

// nobody owns what they write.
const nobody = "65534:65534"

const postgresImage = `FROM scratch
COPY --chown=` + nobody + ` empty /var/lib/postgresql/data
COPY --chown=` + nobody + ` empty /tmp
COPY passwd /etc/passwd
ENV PATH=%s:/usr/bin:/bin PGDATA=/var/lib/postgresql/data/here
USER ` + nobody + `
ENTRYPOINT ["/bin/sh", "-ec", "\
  [ -s $PGDATA/PG_VERSION ] || { echo $POSTGRES_PASSWORD >/tmp/password; \
    initdb --username=$POSTGRES_USER --pwfile=/tmp/password --auth-host=scram-sha-256 --no-locale --encoding=UTF8; \
    echo 'host all all all scram-sha-256' >>$PGDATA/pg_hba.conf; \
    echo 'CREATE DATABASE '$POSTGRES_USER | postgres --single postgres; }; \
  exec postgres -c listen_addresses=* -c unix_socket_directories="]
`

const proxyImage = `FROM scratch
COPY passwd /etc/passwd
USER ` + nobody + `
ENTRYPOINT ["/usr/sbin/haproxy", "-f", "/usr/local/etc/haproxy/haproxy.cfg"]
`

// hollowed builds an image that stands for another.
func hollowed(t *testing.T, name, text string) {
	t.Helper()
	dir := t.TempDir()
	for file, content := range map[string]string{
		"Dockerfile": text, "passwd": "nobody:x:65534:65534:nobody:/tmp:/bin/sh\n", "empty/.keep": "",
	} {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, file)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, file), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	docker(t, "build", "--quiet", "--tag", name, dir) // removed by TestMain
}

// several is the project of three sandboxes, with images that stand for those of
// PostgreSQL and HAProxy.
func several(t *testing.T) project {
	t.Helper()
	wanted(t, made.wrong)
	found, err := provision.FindPostgres(provision.Options{})
	wanted(t, err)
	if _, err := os.Stat("/usr/sbin/haproxy"); err != nil {
		wanted(t, fmt.Errorf("%w; run make setup first", err))
	}
	bin, err := filepath.EvalSymlinks(filepath.Dir(found.Server))
	if err != nil {
		t.Fatal(err)
	}
	hollowed(t, hollowPostgres, fmt.Sprintf(postgresImage, bin))
	hollowed(t, hollowProxy, proxyImage)
	libraries := machine(t)
	for i, bind := range libraries { // its configuration is mounted below /usr
		libraries[i] = strings.ReplaceAll(bind, "/usr:", "/usr/lib:")
	}
	override, err := yaml.Marshal(map[string]any{"services": map[string]any{
		"postgres": map[string]any{"volumes": machine(t)},
		"proxy":    map[string]any{"volumes": append(libraries, "/usr/sbin:/usr/sbin:ro")},
	}})
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "mounted.yml")
	if err := os.WriteFile(file, override, 0o644); err != nil {
		t.Fatal(err)
	}
	p := compose(t, "several", severalFile, file)
	p.env["POSTGRES_IMAGE"], p.env["PROXY_IMAGE"] = hollowPostgres, hollowProxy
	return p
}

// TestThreeSandboxesBehindAProxy runs a part of the scenarios against them from
// another container, and goes on when one is killed.
func TestThreeSandboxesBehindAProxy(t *testing.T) {
	t.Parallel()
	p := several(t)
	reports := t.TempDir()
	p.env["REPORTS"], p.env["VERIFY_USER"] = reports, fmt.Sprintf("%d:%d", os.Getuid(), os.Getgid())
	p.up()
	said, err := p.run(t.Context(), "run", "--rm", "verify", "verify", "-driver", "api", "-member", "http://proxy:8080",
		"-console", "http://proxy:8090", "-sip", "sandbox:5060", "-out", "/reports", "-shard", "1/8")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(said, "失敗 0、判定不能・未実行 0") {
		t.Errorf("%s", said)
	}
	controls := client.New("http://"+p.port("proxy", "8090"), client.WithToken("sandbox-for-tests-only"))
	if err := controls.Arrange(t.Context(), "mine", client.Setup{}); err != nil {
		t.Fatal(err)
	}
	ids, err := p.run(t.Context(), "ps", "--quiet", "sandbox")
	if err != nil || len(strings.Fields(ids)) != 3 {
		t.Fatalf("the sandboxes are %s: %v", ids, err)
	}
	docker(t, "kill", strings.Fields(ids)[0])
	for range 30 {
		if _, err := controls.World(t.Context(), "mine"); err != nil {
			t.Errorf("after one was killed: %v", err)
		}
		answer := must(http.Get("http://" + p.port("proxy", "8080") + "/healthz"))(t)
		answer.Body.Close()
	}
}
