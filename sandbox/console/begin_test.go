package console_test

import (
	"net/url"
	"regexp"
	"strings"
	"testing"

	"example.com/netanswer/sandbox/place"
)

// begun is the link that a page leads on with.
var begunLink = regexp.MustCompile(`<a class="button primary" href="(http://[a-z0-9-]+\.localhost:8080/(?:app/)?continue\?[^"]+)"`)

func TestARegistrationIsBegunInAnyStateByTheForm(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	html, _ := s.page("/worlds/new?tab=registrations")
	for _, p := range place.All() {
		if value := `value="` + string(p.Channel) + " " + p.Name; !strings.Contains(html, value) {
			t.Errorf("%s cannot be chosen", value)
		}
	}
	for at, state := range map[string]string{
		"web passcode ":          "パスコード待ち",
		"web expired-passcode ":  "期限切れ",
		"app pin iphone":         "暗証番号待ち",
		"app completed android":  "完了",
		"web portal ":            "完了",
		"web confirm-both-mails": "",
	} {
		t.Run(at, func(t *testing.T) {
			s := s.in(t)
			got := s.submit("/worlds/begin-"+strings.Fields(at)[1]+"/begin", "at", at)
			if state == "" {
				if got.status != 422 || !strings.Contains(got.text, "始める状態が選ばれていません。") {
					t.Errorf("status %d for a form that is cut off", got.status)
				}
				return
			}
			if got.status != 200 || !strings.Contains(got.text, state) || !begunLink.MatchString(got.text) {
				t.Errorf("status %d at %s: no state %s or no link: %s", got.status, got.url, state, tag.ReplaceAllString(got.text, " "))
			}
		})
	}
}

func TestSomebodyIsChosenAndTheWorldStaysAsItIs(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	s.proceed("w", hanako)
	before, _ := s.page("/worlds/w?tab=timeline")
	got := s.submit("/worlds/w/begin", "at", "web confirm ", "member", "taro", "apart", "1")
	link := begunLink.FindStringSubmatch(got.text)
	if len(link) == 0 || strings.HasPrefix(link[1], "http://w.") || strings.HasPrefix(got.url, "/worlds/w?") {
		t.Fatalf("it is not in a world apart: %s %q", got.url, link)
	}
	wants(t, tag.ReplaceAllString(got.text, ""), "入力内容の確認（鈴木 太郎さん）から続けられます。")
	if after, _ := s.page("/worlds/w?tab=timeline"); serial.FindString(after) != serial.FindString(before) {
		t.Error("the world it was begun from has changed")
	}
	got = s.submit("/worlds/w/begin", "at", "web confirm ", "member", "nobody")
	if got.status != 422 || !strings.Contains(got.text, "この状態までは進めませんでした。") {
		t.Errorf("status %d for nobody", got.status)
	}
	html, _ := s.page("/worlds/w?tab=registrations&begun=" + url.QueryEscape("//evil.example/continue"))
	if strings.Contains(html, "evil") && strings.Contains(html, `id="begun"`) {
		t.Error("the page leads where no registration goes on")
	}
}
