package console_test

import (
	"bytes"
	"mime/multipart"
	"strings"
	"testing"
)

// sendFile sends a file as the page's form does.
func (s sandbox) sendFile(path, name string, data []byte, pairs ...string) reply {
	s.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("file", name)
	if err != nil {
		s.Fatal(err)
	}
	if _, err := part.Write(data); err != nil {
		s.Fatal(err)
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		if err := form.WriteField(pairs[i], pairs[i+1]); err != nil {
			s.Fatal(err)
		}
	}
	if err := form.Close(); err != nil {
		s.Fatal(err)
	}
	r := s.request("POST", path, body.String())
	r.Header.Set("Content-Type", form.FormDataContentType())
	return s.send(r)
}

func TestAWorldIsKeptForkedAndGotBackByClick(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	const at = "/worlds/w/snapshots?tab=snapshots"
	told := func(got reply, words string) {
		t.Helper()
		if got.status != 422 || !strings.Contains(got.text, words) {
			t.Errorf("%d, it does not say %s", got.status, words)
		}
	}
	if page := s.send(s.request("GET", "/worlds/w?tab=snapshots", "")).text; !strings.Contains(page, "まだ何もありません") {
		t.Error("a world that nobody has used can be kept")
	}
	told(s.submit(at, "name", "a"), "まだ何もありません")
	s.step(s.service.Web().Start(t.Context(), "w"))
	if got := s.submit(at, "name", "begun", "note", "始めたところ"); got.status != 200 || !strings.Contains(got.text, "始めたところ") {
		t.Errorf("taken: %d", got.status)
	}
	told(s.submit(at, "name", "begun"), "すでにあります")
	told(s.submit(at, "name", "始め"), "半角の小文字")
	if got := s.submit(at, "name", "begun", "replace", "1"); strings.Contains(got.text, "始めたところ") {
		t.Error("it was not replaced")
	}
	s.step(s.service.Web().Start(t.Context(), "w"))
	if got := s.submit("/worlds/w/fork", "into", "other"); got.url != "/worlds/other" {
		t.Errorf("the fork is at %s", got.url)
	}
	told(s.submit("/worlds/w/fork", "into", "other"), "すでにあります")
	if got := s.submit("/worlds/w/fork", "snapshot", "begun"); !strings.HasPrefix(got.url, "/worlds/begun-") {
		t.Errorf("what began from a snapshot is at %s", got.url)
	}
	page := s.send(s.request("GET", "/worlds/w?tab=snapshots", "")).text
	if !strings.Contains(page, `<a href="/worlds/other">other</a>`) || !strings.Contains(page, "/api/snapshots/begun/document") {
		t.Error("forks and snapshots are not told")
	}
	if page := s.send(s.request("GET", "/worlds/other?tab=snapshots", "")).text; !strings.Contains(page, "ワールド w</a> から分岐しました") {
		t.Error("a fork does not tell what it is of")
	}
	if s.submit(at, "restore", "begun"); s.snapshot("w").Registrations.Len() != 1 {
		t.Error("it was not restored")
	}
	s.submit(at, "forget", "begun")
	told(s.submit(at, "restore", "begun"), "そのスナップショットはありません")
}

func TestAFileIsReadByClick(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	s.step(s.service.Web().Start(t.Context(), "w"))
	document, err := s.service.Control().Export(t.Context(), "w")
	if err != nil {
		t.Fatal(err)
	}
	const at = "/worlds/w/import?tab=snapshots"
	if got := s.sendFile(at, "Shared.netanswer.json", document); got.status != 200 || got.url != "/worlds/w?tab=snapshots" ||
		!strings.Contains(got.text, "<strong>shared</strong>") {
		t.Errorf("%d at %s", got.status, got.url)
	}
	s.sendFile(at, "ファイル.json", document, "name", "other")
	for name, c := range map[string]struct {
		got  reply
		told string
	}{
		"cut off":      {s.sendFile(at, "cut.json", document[:200]), "取り込めません。何も変えていません。line "},
		"another file": {s.sendFile(at, "a.txt", []byte("x")), "取り込めません"},
		"empty":        {s.sendFile(at, "a.json", nil), "ファイルが選ばれていません"},
		"no name":      {s.sendFile(at, "ファイル.json", document), "半角の小文字"},
		"there is one": {s.sendFile(at, "shared.json", document), "すでにあります"},
		"no form":      {s.submit(at, "name", "x"), "送信された内容を読めません"},
	} {
		if c.got.status != 422 || !strings.Contains(c.got.text, c.told) {
			t.Errorf("%s: %d, it does not say %s", name, c.got.status, c.told)
		}
	}
	kept, err := s.service.Control().AllKept(t.Context())
	if err != nil || len(kept) != 2 {
		t.Errorf("%d are kept: %v", len(kept), err)
	}
}
