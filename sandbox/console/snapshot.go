package console

import (
	"context"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"example.com/netanswer/sandbox/world"
)

// snapshotsView is the tab of what is kept, and of what began as a fork.
type snapshotsView struct {
	Exists   bool // the world; one that nobody has used cannot be kept
	From     string
	FromPage string // of the world it began as a fork of; "" where it is none
	Kept     []keptRow
	Forks    []worldRow
	Document string // where the world is got as a file
}

// keptRow is a kept snapshot.
type keptRow struct {
	Name, World, Note, Document string
	Now                         time.Time
	Registrations, SMS, Mail    int
}

func (b *builder) snapshots(ctx context.Context) (*snapshotsView, error) {
	v := &snapshotsView{Exists: b.m.Timeline.Serial > 0, Document: "/api/worlds/" + b.m.Name + "/document"}
	switch from := b.m.From; {
	case from.World != "":
		v.From, v.FromPage = "ワールド "+from.World, place{world: from.World}.With(keyTab, tabSnapshots)
	case from.Snapshot != "":
		v.From = "スナップショット " + from.Snapshot
	}
	kept, err := b.handler.control.AllKept(ctx)
	if err != nil {
		return nil, err
	}
	for _, k := range kept {
		v.Kept = append(v.Kept, keptRow{Name: k.Name, World: k.Taken.World, Note: k.Taken.Note,
			Document: "/api/snapshots/" + k.Name + "/document",
			Now:      k.Now, Registrations: k.Registrations.Len(), SMS: len(k.SMS.Messages), Mail: len(k.Mailbox.Mails)})
	}
	worlds, err := b.handler.control.Worlds(ctx)
	if err != nil {
		return nil, err
	}
	for _, m := range worlds {
		if m.From.World == b.m.Name {
			v.Forks = append(v.Forks, worldRow{Name: m.Name, Address: place{world: m.Name}.String(), Registrations: m.Registrations.Len()})
		}
	}
	return v, nil
}

// snapshotForm takes, restores and forgets snapshots.
func (f handler) snapshotForm(ctx context.Context, name string, form url.Values) error {
	switch {
	case form.Get("restore") != "":
		_, err := f.control.Restore(ctx, name, form.Get("restore"))
		return inJapanese(err)
	case form.Get("forget") != "":
		return inJapanese(f.control.Forget(ctx, form.Get("forget")))
	}
	snapshot := strings.TrimSpace(form.Get("name"))
	if world.CheckName(snapshot) != nil {
		return formError{text: badSnapshotName}
	}
	_, _, err := f.control.Take(ctx, snapshot, world.Taking{World: name, Note: form.Get("note"), Replace: form.Get("replace") != ""})
	return inJapanese(err)
}

const badSnapshotName = "スナップショットの名前は、半角の小文字・数字・ハイフンで63文字までです。最初と最後は小文字か数字にしてください。"

// inJapanese is a refusal of forks and snapshots in words for the reader.
func inJapanese(err error) error {
	for refusal, text := range map[error]string{
		world.ErrNoWorld:        "このワールドにはまだ何もありません。何かを始めてから取っておいてください。",
		world.ErrWorldExists:    "その名前のワールドはすでにあります。別の名前にしてください。",
		world.ErrNoSnapshot:     "そのスナップショットはありません。だれかが消したようです。",
		world.ErrSnapshotExists: "その名前のスナップショットはすでにあります。別の名前にするか、「同じ名前なら置きかえる」を選んでください。",
	} {
		if errors.Is(err, refusal) {
			return formError{text: text}
		}
	}
	if errors.Is(err, world.ErrDocument) {
		return formError{text: "ファイルを取り込めません。何も変えていません。" + strings.TrimPrefix(err.Error(), world.ErrDocument.Error()+": ")}
	}
	return err
}

// snapshotPages are the forms that lead to another world, and the one that sends
// a file.
func (f handler) snapshotPages(mux *http.ServeMux) {
	mux.HandleFunc("POST /worlds/{world}/fork", func(w http.ResponseWriter, r *http.Request) {
		var made world.Snapshot
		if f.executed(w, r, func(ctx context.Context, name string, form url.Values) error {
			into := strings.TrimSpace(form.Get("into"))
			if into != "" && world.CheckName(into) != nil {
				return formError{text: badName}
			}
			var err error
			if snapshot := form.Get("snapshot"); snapshot != "" {
				made, err = f.control.ForkKept(ctx, snapshot, into)
			} else {
				made, err = f.control.Fork(ctx, name, into)
			}
			return inJapanese(err)
		}) {
			http.Redirect(w, r, place{world: made.Name}.String(), http.StatusSeeOther)
		}
	})
	mux.HandleFunc("POST /worlds/{world}"+importPath, func(w http.ResponseWriter, r *http.Request) {
		if f.told(w, r, f.imported(r)) {
			http.Redirect(w, r, placeOf(r).String(), http.StatusSeeOther)
		}
	})
}

const importPath = "/import"

// Limit is how many bytes the body of a request of the console may have: a file
// that is sent more than anything else. False where it is no request for a file.
func Limit(b world.Bounds, r *http.Request) (int64, bool) {
	const around = 64 << 10 // of a form that sends a file
	file := strings.HasPrefix(r.URL.Path, "/worlds/") && strings.HasSuffix(r.URL.Path, importPath)
	return b.Document + around, file && r.Method == http.MethodPost
}

// imported keeps a file that was sent as a snapshot.
func (f handler) imported(r *http.Request) error {
	const inMemory = 1 << 20
	if err := r.ParseMultipartForm(inMemory); err != nil {
		var tooLarge *http.MaxBytesError
		if errors.As(err, &tooLarge) {
			return formError{text: "ファイルが大きすぎます。読み込めるのは" + strconv.FormatInt(f.control.Bounds().Document, 10) + "バイトまでです。"}
		}
		return formError{text: "送信された内容を読めません。もう一度お試しください。"}
	}
	defer func() { _ = r.MultipartForm.RemoveAll() }() // what is left of it is the system's to clear away
	sent, about, err := r.FormFile("file")
	if err != nil || about.Size == 0 {
		return formError{text: "ファイルが選ばれていません。"}
	}
	data, err := io.ReadAll(sent)
	if err != nil {
		return formError{text: "送信された内容を読めません。もう一度お試しください。"}
	}
	snapshot := strings.TrimSpace(r.FormValue("name"))
	if snapshot == "" {
		snapshot = nameOf(about)
	}
	if world.CheckName(snapshot) != nil {
		return formError{text: badSnapshotName}
	}
	_, _, err = f.control.Import(r.Context(), snapshot, data, r.FormValue("replace") != "")
	return inJapanese(err)
}

// nameOf is what a file calls its world.
func nameOf(about *multipart.FileHeader) string {
	name, _, _ := strings.Cut(about.Filename, ".")
	return strings.ToLower(name)
}
