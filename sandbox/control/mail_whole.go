package control

import (
	"context"
	"encoding/base64"
	"mime"
	"net/http"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"example.com/netanswer/mocks/mailbox"
	"example.com/netanswer/sandbox/middleware"
)

// A wholeMail is all of a mail but what its attachments hold.
type wholeMail struct {
	mailbox.Mail
	Headers []mailbox.Header `json:"headers" doc:"the header, field by field, decoded"`
}

// A file is bytes that no browser runs.
type file struct {
	ContentType        string `header:"Content-Type"`
	ContentDisposition string `header:"Content-Disposition"`
	Body               []byte
}

// A framed is a page of somebody else's making: it runs nothing, fetches
// nothing, sends nothing, and may be shown in a frame of this origin.
type framed struct {
	ContentType  string `header:"Content-Type"`
	Policy       string `header:"Content-Security-Policy"`
	FrameOptions string `header:"X-Frame-Options"`
	Prefetch     string `header:"X-DNS-Prefetch-Control"`
	Body         []byte
}

const framedPolicy = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'; frame-ancestors 'self'"

func (f handler) wholeMail(a huma.API, path, tag string) {
	lost := func(op huma.Operation) huma.Operation {
		op.Errors = []int{http.StatusNotFound}
		return op
	}
	register(f, a, lost(get(path, "get-mail", tag, "メールを読む（ヘッダー、テキスト、HTML、添付の一覧）")),
		func(ctx context.Context, in *InMail) (*answer[wholeMail], error) {
			mail, err := f.find(ctx, in)
			if err != nil {
				return nil, err
			}
			return &answer[wholeMail]{wholeMail{Mail: mail, Headers: mail.Headers()}}, nil
		})
	page := lost(get(path+"/html", "get-mail-html", tag, "メールのHTMLを見る（何も実行せず、外へ取りに行かない）"))
	page.Responses = content("HTML", "text/html; charset=utf-8")
	register(f, a, page, func(ctx context.Context, in *InMail) (*framed, error) {
		mail, err := f.find(ctx, in)
		if err != nil {
			return nil, err
		}
		return &framed{ContentType: "text/html; charset=utf-8", Policy: framedPolicy, FrameOptions: "SAMEORIGIN", Prefetch: "off",
			Body: []byte(withPictures(mail))}, nil
	})
	op := lost(get(path+"/attachments/{number}", "get-attachment", tag, "添付を取り出す"))
	op.Responses = content("添付", "application/octet-stream")
	register(f, a, op, func(ctx context.Context, in *struct {
		InMail
		Number int `path:"number" minimum:"0" doc:"its place in the list, from 0"`
	}) (*file, error) {
		mail, err := f.find(ctx, &in.InMail)
		if err != nil {
			return nil, err
		}
		about, data, err := mail.Attachment(in.Number)
		if err != nil {
			return nil, middleware.NewProblem(http.StatusNotFound, "attachment_unknown", "the mail has no such attachment")
		}
		return &file{ContentType: "application/octet-stream", Body: data,
			ContentDisposition: mime.FormatMediaType("attachment", map[string]string{"filename": about.Name})}, nil
	})
}

func content(what, media string) map[string]*huma.Response {
	return map[string]*huma.Response{
		"200": {Description: what, Content: map[string]*huma.MediaType{media: {Schema: &huma.Schema{Type: huma.TypeString}}}},
	}
}

// pictures are the media types that a frame shows.
var pictures = []string{"image/png", "image/jpeg", "image/gif", "image/webp"}

// maxPicture bounds the bytes of a picture put into the HTML, and maxFramed those
// of the HTML with all its pictures: one that is named a thousand times is put in
// as often as there is room.
const (
	maxPicture = 1 << 20
	maxFramed  = 16 << 20
)

// withPictures is the HTML of a mail with the pictures it brings along.
func withPictures(m mailbox.Mail) string {
	html := m.HTML
	for i, a := range m.Attachments {
		if a.ContentID == "" || a.Size > maxPicture || !slices.Contains(pictures, a.Type) || !strings.Contains(html, "cid:"+a.ContentID) {
			continue
		}
		if _, data, err := m.Attachment(i); err == nil { // it is in the list
			shown := "data:" + a.Type + ";base64," + base64.StdEncoding.EncodeToString(data)
			html = strings.Replace(html, "cid:"+a.ContentID, shown, max(0, maxFramed-len(html))/len(shown))
		}
	}
	return html
}
