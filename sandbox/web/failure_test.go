package web_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/netanswer/sandbox/registration"
	"example.com/netanswer/sandbox/store"
	"example.com/netanswer/sandbox/web"
	"example.com/netanswer/sandbox/world"
)

// A gateway does what a test says instead of sending.
type gateway func() error

func (g gateway) SendSMS(context.Context, string, string, string) error { return g() }

func TestAPanicIsOneFailedRequest(t *testing.T) {
	t.Parallel()
	service := newService(t, world.Ports{SMS: gateway(func() error { panic("the gateway broke") })})
	var log bytes.Buffer
	server := httptest.NewServer(web.New(service, slog.New(slog.NewTextHandler(&log, nil))))
	defer server.Close()
	b := openAt(t, service, server.URL, "hana")
	b.get("/registration")
	b.press("/registration/input", hanako())
	p := b.press("/registration/confirm", nil)

	said := p.texts("alert")
	if len(said) != 1 {
		t.Fatalf("told %q", said)
	}
	incident := regexp.MustCompile(`お問い合わせ番号: (\w{10})$`).FindStringSubmatch(said[0])
	if incident == nil {
		t.Fatalf("told %q without a number", said)
	}
	apologizes(t, p, http.StatusInternalServerError, "システムエラーが発生しました。お問い合わせ番号: "+incident[1])
	for _, want := range []string{incident[1], "the gateway broke", "route=/registration/confirm"} {
		if !strings.Contains(log.String(), want) {
			t.Errorf("the log does not tell %q", want)
		}
	}
	for _, secret := range []string{"Secret-2026", "4242420000010017", "reg-", b.registration().FormToken} {
		if strings.Contains(log.String(), secret) || strings.Contains(p.body, secret) {
			t.Errorf("%q got out", secret)
		}
	}
	stands(t, b.get("/"), http.StatusOK, "/", "ホームページ", "セゾンカード", "")
}

func TestAProviderThatIsDownLosesNothing(t *testing.T) {
	t.Parallel()
	up := false
	service := newService(t, world.Ports{SMS: gateway(func() error {
		if up {
			return nil
		}
		return errors.New("no answer")
	})})
	b := open(t, service)
	b.get("/registration")
	b.press("/registration/input", hanako())
	p := b.press("/registration/confirm", nil)
	stands(t, p, http.StatusServiceUnavailable, "/registration/confirm", "確認", "Netアンサー新規登録", "確認")
	if diff := cmp.Diff([]string{"ただいまお手続きいただけません。入力内容はそのままです。時間をおいてもう一度お試しください。"}, p.texts("alert")); diff != "" {
		t.Errorf("told (-want +got):\n%s", diff)
	}
	if p.values()["NetアンサーID"] != "hanako2026" {
		t.Error("what was entered is lost")
	}
	up = true
	b.press("/registration/confirm", nil)
	if state := b.registration().State; state != registration.AwaitPasscode {
		t.Errorf("state %s after trying again", state)
	}
}

func TestAddressesAndMethodsThatAreNot(t *testing.T) {
	t.Parallel()
	b := open(t, newService(t, world.Ports{}))
	for _, address := range []string{"/nowhere", "/registration/", "/registration/others", "/login/", "/assets/style.css", "/assets/", "/favicon.ico", "/..%2f"} {
		apologizes(t, b.get(address), http.StatusNotFound, "お探しのページは見つかりませんでした。")
	}
	allowed := map[string]string{
		"/":                       "GET, HEAD",
		"/search":                 "GET, HEAD",
		"/login":                  "GET, HEAD, POST",
		"/home":                   "GET, HEAD",
		"/logout":                 "POST",
		"/registration":           "GET, HEAD",
		"/registration/input":     "GET, HEAD, POST",
		"/registration/confirm":   "GET, HEAD, POST",
		"/registration/revise":    "POST",
		"/registration/strength":  "POST",
		"/registration/other":     "GET, HEAD",
		"/registration/passcode":  "GET, HEAD, POST",
		"/registration/reissue":   "POST",
		"/registration/completed": "GET, HEAD",
		"/registration/ended":     "GET, HEAD",
	}
	for address, want := range allowed {
		for _, method := range []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete,
			http.MethodOptions, "BREW"} {
			if strings.Contains(want, method) {
				continue
			}
			p := b.send(method, address, formMedia, "")
			apologizes(t, p, http.StatusMethodNotAllowed, "この操作はご利用いただけません。")
			if got := p.header.Get("Allow"); got != want {
				t.Errorf("%s %s allows %q, want %q", method, address, got, want)
			}
		}
	}
	if p := b.send(http.MethodHead, "/login", "", ""); p.status != http.StatusOK || p.body != "" {
		t.Errorf("HEAD: status %d and %d bytes", p.status, len(p.body))
	}
}

func TestWorldsThatCannotBe(t *testing.T) {
	t.Parallel()
	b := open(t, newService(t, world.Ports{}))
	b.world = "Not A World"
	apologizes(t, b.get("/"), http.StatusBadRequest, "ワールドの指定が正しくありません。")

	bounds := world.Bounds{Worlds: 0, Messages: 1, Body: 1 << 10}
	full, err := world.New(world.Config{Machine: noon, Bounds: bounds, Store: store.NewMemory(noon, bounds)})
	if err != nil {
		t.Fatal(err)
	}
	b = open(t, full)
	apologizes(t, b.get("/registration"), http.StatusServiceUnavailable, "ただいま混み合っています。しばらくしてからもう一度お試しください。")
}
