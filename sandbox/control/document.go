package control

import (
	"context"
	"mime"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"example.com/netanswer/sandbox/middleware"
	"example.com/netanswer/sandbox/world"
)

// A document is a world as a file.
type document struct {
	ContentType        string `header:"Content-Type"`
	ContentDisposition string `header:"Content-Disposition"`
	Body               []byte
}

// Limit is how many bytes the body of a request may have: a document of a world
// more than anything else.
func Limit(b world.Bounds) func(*http.Request) int64 {
	return func(r *http.Request) int64 {
		if r.Method == http.MethodPut && r.URL.Path == seedPath {
			return maxSeed
		}
		if r.Method == http.MethodPut && strings.HasPrefix(r.URL.Path, "/api/snapshots/") && strings.HasSuffix(r.URL.Path, "/document") {
			return b.Document
		}
		return b.Body
	}
}

// documents are worlds as files.
func (f handler) documents(a huma.API) {
	const tag = "スナップショット"
	op := get(worldPath+"/document", "export-world", tag, "ワールドをファイルに書き出す")
	op.Errors, op.Responses = []int{http.StatusNotFound}, written()
	register(f, a, op, func(ctx context.Context, in *InWorld) (*document, error) {
		return named(in.World)(f.control.Export(ctx, in.World))
	})
	op = get(snapshotPath+"/document", "export-snapshot", tag, "スナップショットをファイルに書き出す")
	op.Errors, op.Responses = []int{http.StatusNotFound}, written()
	register(f, a, op, func(ctx context.Context, in *OfSnapshot) (*document, error) {
		return named(in.Snapshot)(f.control.ExportKept(ctx, in.Snapshot))
	})
	op = change(http.MethodPut, snapshotPath+"/document", "import-snapshot", tag, "書き出したファイルをスナップショットとして取り込む")
	op.Description = "前の版のファイルも読めます。新しい版のファイル、壊れたファイル、つじつまの合わないファイルは 422（code: document_invalid）で、" +
		"そのときは何も変わりません。"
	op.Errors = append(op.Errors, http.StatusConflict)
	op.SkipValidateBody = true // Import tells more of what is wrong
	op.RequestBody = &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{"application/json": worldDocument()}}
	register(f, a, op, func(ctx context.Context, in *struct {
		OfSnapshot
		Replace bool `query:"replace" doc:"a snapshot of that name makes room; else it is a 409"`
		RawBody []byte
	}) (*taken, error) {
		m, fresh, err := f.control.Import(ctx, in.Snapshot, in.RawBody, in.Replace)
		if err != nil {
			return nil, middleware.Trouble(err)
		}
		out := &taken{Status: http.StatusOK, Body: viewOf(m)}
		if fresh {
			out.Status = http.StatusCreated
		}
		return out, nil
	})
}

// written is the answer of an export.
func written() map[string]*huma.Response {
	return map[string]*huma.Response{"200": {Description: "ワールドのファイル（format: netanswer-world）", Content: map[string]*huma.MediaType{
		"application/json": worldDocument()}}}
}

func worldDocument() *huma.MediaType {
	return &huma.MediaType{Schema: &huma.Schema{Type: huma.TypeObject, AdditionalProperties: true}}
}

// named is a document as a file of a name.
func named(name string) func([]byte, error) (*document, error) {
	return func(data []byte, err error) (*document, error) {
		if err != nil {
			return nil, middleware.Trouble(err)
		}
		return &document{ContentType: "application/json", Body: append(data, '\n'),
			ContentDisposition: mime.FormatMediaType("attachment", map[string]string{"filename": name + ".netanswer.json"})}, nil
	}
}
