package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"example.com/netanswer/sandbox/world"
)

func ryoko(password string) url.Values {
	return url.Values{"net_answer_id": {"ryoko2020"}, "password": {password}}
}

func TestALogInThatIsRefused(t *testing.T) {
	t.Parallel()
	wrong := "NetアンサーIDまたはパスワードが違います。"
	forms := map[string]url.Values{"nothing written": {}, "an unknown ID": {"net_answer_id": {"nobody99"}, "password": {"Secret-2026"}},
		"a wrong password": ryoko("Wrong-2026"), "emoji": {"net_answer_id": {emoji}, "password": {emoji}},
		"control characters": {"net_answer_id": {control}, "password": {control}}, "too long": ryoko(strings.Repeat("a", 20_000))}
	for name, form := range forms {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := open(t, newService(t, world.Ports{}))
			p := b.post("/login", form)
			stands(t, p, http.StatusUnauthorized, "/login", "ログイン", "Netアンサーへログイン", "")
			if diff := cmp.Diff([]string{wrong}, p.texts("alert")); diff != "" {
				t.Errorf("told (-want +got):\n%s", diff)
			}
			if password := form.Get("password"); len(password) > 3 && password != emoji && strings.Contains(p.body, password) {
				t.Error("the page shows the password")
			}
			if b.cookie("netanswer_session") != "" {
				t.Error("logged in all the same")
			}
		})
	}
}

func TestALogInLocksAndOpensAgain(t *testing.T) {
	t.Parallel()
	b := open(t, newService(t, world.Ports{}))
	for range 4 {
		b.post("/login", ryoko("wrong"))
	}
	locked := []string{"パスワードの誤りが続いたため、ログインを停止しました。12:30 以降にもう一度お試しください。"}
	for _, password := range []string{"wrong", "Ryoko-2020"} {
		p := b.post("/login", ryoko(password))
		stands(t, p, http.StatusTooManyRequests, "/login", "ログイン", "Netアンサーへログイン", "")
		if diff := cmp.Diff(locked, p.texts("alert")); diff != "" {
			t.Errorf("told (-want +got):\n%s", diff)
		}
	}
	b.advance(30 * time.Minute)
	stands(t, b.post("/login", ryoko("Ryoko-2020")), http.StatusOK, "/home", "会員ホーム", "渡辺 良子 様", "")
}

func TestALogInEnds(t *testing.T) {
	t.Parallel()
	ends := map[string]func(b *browser){
		"when it is not used":  func(b *browser) { b.advance(b.snapshot().Policy.SessionLifetime.Of()) },
		"by logging out":       func(b *browser) { b.post("/logout", nil) },
		"in another world":     func(b *browser) { b.world = "elsewhere" },
		"with a made-up token": func(b *browser) { b.header.Set("Cookie", "netanswer_session=madeup"); b.post("/logout", nil) },
	}
	for name, end := range ends {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := open(t, newService(t, world.Ports{}))
			b.post("/login", ryoko("Ryoko-2020"))
			stands(t, b.get("/home"), http.StatusOK, "/home", "会員ホーム", "渡辺 良子 様", "")
			end(b)
			p := b.get("/home")
			stands(t, p, http.StatusOK, "/login?notice=login_required", "ログイン", "Netアンサーへログイン", "")
			if diff := cmp.Diff([]string{"ログインしてください。"}, p.texts("alert")); diff != "" {
				t.Errorf("told (-want +got):\n%s", diff)
			}
		})
	}
}
