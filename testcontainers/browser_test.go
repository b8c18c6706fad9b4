package netanswer_test

import (
	"os"
	"strings"
	"testing"

	"github.com/testcontainers/testcontainers-go"
	"github.com/testcontainers/testcontainers-go/network"

	"example.com/netanswer/steps/provision"
	netanswer "example.com/netanswer/testcontainers"
)

// TestABrowserFindsEverythingThroughMappedPorts tries a few scenarios on a screen,
// each in a world by its host, against the image with WireMock behind it.
func TestABrowserFindsEverythingThroughMappedPorts(t *testing.T) {
	t.Parallel()
	desk, net := issuer(t)
	_, err := provision.Find(os.Getenv(provision.CacheVariable))
	wanted(t, err)
	c := sandbox(t, netanswer.WithIssuer("http://issuer:8080"), network.WithNetwork([]string{"sandbox"}, net),
		testcontainers.WithEnv(map[string]string{"NETANSWER_PROVIDER_HOLD": "50ms"}))
	ctx := t.Context()
	wire := must(desk.PortEndpoint(ctx, "8080/tcp", "http"))(t)
	said, err := run(
		ctx,
		"..",
		made.binary,
		"verify",
		"-driver",
		"pc",
		"-out",
		t.TempDir(),
		"-rule",
		"p34-1,p38-1",
		"-member",
		must(c.ServiceURL(ctx))(t),
		"-console",
		must(c.ControlURL(ctx))(t),
		"-control-token",
		c.ControlToken(),
		"-wiremock",
		wire,
	)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(said, "失敗 0、判定不能・未実行 0") {
		t.Errorf("%s", said)
	}
	t.Log(said[strings.LastIndex(said, "\n")+1:])
	var journal struct{ Meta struct{ Total int } }
	fetch(t, wire+"/__admin/requests?limit=1", &journal)
	if journal.Meta.Total == 0 {
		t.Error("WireMock was not asked")
	}
}
