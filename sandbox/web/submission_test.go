package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/netanswer/sandbox/registration"
	"example.com/netanswer/sandbox/world"
)

const formMedia = "application/x-www-form-urlencoded"

func TestWhatIsNoFormOfOursChangesNothing(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		media    string
		body     func(token string) string
		status   int
		sentence string
	}{
		"a field we do not have": {
			formMedia,
			func(token string) string { return hanako().Encode() + "&admin=yes&form_token=" + token },
			http.StatusBadRequest,
			"error.malformed",
		},
		"a field that comes twice": {
			formMedia,
			func(token string) string { return hanako().Encode() + "&password=x&form_token=" + token },
			http.StatusBadRequest,
			"error.malformed",
		},
		"bytes that are no text": {
			formMedia,
			func(token string) string { return "net_answer_id=%ff%fe&form_token=" + token },
			http.StatusBadRequest,
			"error.malformed",
		},
		"a broken escape": {
			formMedia,
			func(token string) string { return "net_answer_id=%zz&form_token=" + token },
			http.StatusBadRequest,
			"error.malformed",
		},
		"a box ticked with a no": {
			formMedia,
			func(token string) string { return "newsletter=no&form_token=" + token },
			http.StatusBadRequest,
			"error.malformed",
		},
		"JSON": {
			"application/json",
			func(string) string { return `{"card_number":"4242420000010017"}` },
			http.StatusUnsupportedMediaType,
			"error.malformed",
		},
		"a form of several parts": {
			"multipart/form-data; boundary=x",
			func(string) string { return "--x--" },
			http.StatusUnsupportedMediaType,
			"error.malformed",
		},
		"no media type": {
			"",
			func(token string) string { return "form_token=" + token },
			http.StatusUnsupportedMediaType,
			"error.malformed",
		},
		"more than a body may hold": {formMedia, func(token string) string {
			return "form_token=" + token + "&net_answer_id=" + strings.Repeat("a", 70_000)
		}, http.StatusRequestEntityTooLarge, "error.too_large"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := open(t, newService(t, world.Ports{}))
			b.get("/registration")
			before := b.registration()
			p := b.send(http.MethodPost, "/registration/input", test.media, test.body(before.FormToken))
			apologizes(t, p, test.status, b.say(test.sentence))
			if diff := cmp.Diff(before, b.registration()); diff != "" {
				t.Errorf("the registration changed (-before +after):\n%s", diff)
			}
		})
	}
}

// apologizes checks that a page is the one for a request no screen can answer.
func apologizes(t *testing.T, p page, status int, sentence string) {
	t.Helper()
	stands(t, p, status, p.path, "エラー", "表示できませんでした", "")
	if diff := cmp.Diff([]string{sentence}, p.texts("alert")); diff != "" {
		t.Errorf("told (-want +got):\n%s", diff)
	}
	if href, ok := p.link("ホームページへ戻る"); !ok || href != "/" {
		t.Errorf("no way home: %q, %t", href, ok)
	}
}

func TestAFormNeedsTheTokenOfItsRegistration(t *testing.T) {
	t.Parallel()
	service := newService(t, world.Ports{})
	first := open(t, service)
	first.get("/registration")
	elsewhere := openAt(t, service, first.base, "elsewhere")
	elsewhere.get("/registration")

	tokens := map[string]string{"missing": "-", "empty": "", "forged": "AAAAAAAAAAAAAAAAAAAAAAAAAA",
		"of another registration": first.registration().FormToken, "of another world": elsewhere.registration().FormToken}
	addresses := map[string]url.Values{"/registration/input": hanako(), "/registration/confirm": {}, "/registration/revise": {},
		"/registration/passcode": {"passcode": {"123456"}}, "/registration/reissue": {}}
	for name, token := range tokens {
		for address, form := range addresses {
			t.Run(name+" at "+address, func(t *testing.T) {
				t.Parallel()
				b := openAt(t, service, first.base, first.world)
				b.get("/registration")
				before := b.registration()
				p := b.post(address, with(form, "form_token", token))
				stands(t, p, http.StatusForbidden, address, "入力", "Netアンサー新規登録", "入力")
				if diff := cmp.Diff([]string{"この画面は古くなっています。お手数ですが、もう一度お試しください。"}, p.texts("alert")); diff != "" {
					t.Errorf("told (-want +got):\n%s", diff)
				}
				if diff := cmp.Diff(before, b.registration()); diff != "" {
					t.Errorf("the registration changed (-before +after):\n%s", diff)
				}
			})
		}
	}
}

func TestAPageElsewhereCanSendNoForm(t *testing.T) {
	t.Parallel()
	origins := map[string]http.Header{
		"by its fetch metadata": {"Sec-Fetch-Site": {"cross-site"}},
		"by its origin":         {"Origin": {"http://evil.example"}},
		"of a sibling site":     {"Sec-Fetch-Site": {"same-site"}},
		"without any origin":    {"Origin": {"null"}},
	}
	for name, header := range origins {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := open(t, newService(t, world.Ports{}))
			b.get("/registration")
			before := b.registration()
			b.header = header
			for address, form := range map[string]url.Values{
				"/registration/input": with(hanako(), "form_token", before.FormToken),
				"/login":              {"net_answer_id": {"ryoko2020"}, "password": {"Ryoko-2020"}},
				"/logout":             {},
			} {
				apologizes(t, b.post(address, form), http.StatusForbidden, "別のサイトからの操作は受け付けられません。")
			}
			if diff := cmp.Diff(before, b.registration()); diff != "" {
				t.Errorf("the registration changed (-before +after):\n%s", diff)
			}
			if b.cookie("netanswer_session") != "" {
				t.Error("somebody was logged in")
			}
		})
	}
}

func TestARegistrationNobodyKnowsLeadsToTheStart(t *testing.T) {
	t.Parallel()
	service := newService(t, world.Ports{})
	sentence := "お手続きが見つかりません。最初からお手続きください。"
	holders := map[string]func(b *browser){
		"no cookie":                    func(*browser) {},
		"a made-up id":                 func(b *browser) { b.header.Set("Cookie", "netanswer_registration=reg-madeup") },
		"an id of nonsense":            func(b *browser) { b.header.Set("Cookie", "netanswer_registration="+strings.Repeat("%00あ", 500)) },
		"another world's registration": func(b *browser) { b.get("/registration"); b.world = "elsewhere" },
	}
	for name, hold := range holders {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := open(t, service)
			hold(b)
			for _, address := range []string{"/registration/input", "/registration/confirm", "/registration/passcode", "/registration/completed", "/registration/ended"} {
				p := b.get(address)
				stands(t, p, http.StatusOK, "/login?notice=registration_unknown", "ログイン", "Netアンサーへログイン", "")
				if diff := cmp.Diff([]string{sentence}, p.texts("alert")); diff != "" {
					t.Errorf("%s: told (-want +got):\n%s", address, diff)
				}
			}
			for _, address := range []string{"/registration/input", "/registration/confirm", "/registration/revise", "/registration/passcode", "/registration/reissue"} {
				p := b.post(address, url.Values{"form_token": {"x"}})
				stands(t, p, http.StatusNotFound, address, "ログイン", "Netアンサーへログイン", "")
				if diff := cmp.Diff([]string{sentence}, p.texts("alert")); diff != "" {
					t.Errorf("%s: told (-want +got):\n%s", address, diff)
				}
			}
			b.header.Del("Cookie")
			stands(t, b.get("/registration"), http.StatusOK, "/registration/input", "入力", "Netアンサー新規登録", "入力")
		})
	}
}

func TestNobodySkipsAStep(t *testing.T) {
	t.Parallel()
	told := []string{"この手順にはまだ進めません。表示された画面からお手続きください。"}
	b := open(t, newService(t, world.Ports{}))
	b.get("/registration")
	for _, address := range []string{"/registration/confirm", "/registration/passcode", "/registration/completed"} {
		p := b.get(address)
		stands(t, p, http.StatusOK, "/registration/input?notice=step", "入力", "Netアンサー新規登録", "入力")
		if diff := cmp.Diff(told, p.texts("alert")); diff != "" {
			t.Errorf("%s: told (-want +got):\n%s", address, diff)
		}
	}
	for address, form := range map[string]url.Values{"/registration/confirm": {}, "/registration/passcode": {"passcode": {"123456"}}, "/registration/reissue": {}} {
		p := b.press(address, form)
		stands(t, p, http.StatusConflict, address, "入力", "Netアンサー新規登録", "入力")
		if diff := cmp.Diff(told, p.texts("alert")); diff != "" {
			t.Errorf("%s: told (-want +got):\n%s", address, diff)
		}
	}
	b.press("/registration/input", hanako())
	p := b.get("/registration/completed")
	stands(t, p, http.StatusOK, "/registration/confirm?notice=step", "確認", "Netアンサー新規登録", "確認")

	p = b.get("/registration/input") // going back is no skipping
	stands(t, p, http.StatusOK, "/registration/confirm", "確認", "Netアンサー新規登録", "確認")
	if said := p.texts("alert"); len(said) != 0 {
		t.Errorf("who goes back is told %q", said)
	}
	if m := b.snapshot(); m.SMS.Serial != 0 || b.registration().State != registration.Confirm {
		t.Errorf("%d SMS were sent in state %s", m.SMS.Serial, b.registration().State)
	}
}
