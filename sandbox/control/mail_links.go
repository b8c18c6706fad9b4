package control

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"example.com/netanswer/mocks/mailbox"
)

// An arrived mail is what a wait for one returns: all that a test goes on with.
type arrived struct {
	mailbox.Mail
	Links []mailbox.Link `json:"links,omitempty" doc:"what can be followed in it, those of the HTML first"`
}

type linkList struct {
	Links []mailbox.Link `json:"links" doc:"in the order they stand in, those of the HTML first; at most 1,000"`
}

// mailLinks are the links of one mail.
func (f handler) mailLinks(a huma.API, path, tag string) {
	op := get(path+"/links", "get-mail-links", tag, "メールの中のリンクの一覧")
	op.Errors = []int{http.StatusNotFound}
	register(f, a, op, func(ctx context.Context, in *InMail) (*answer[linkList], error) {
		mail, err := f.find(ctx, in)
		if err != nil {
			return nil, err
		}
		links := mail.Links()
		if links == nil {
			links = []mailbox.Link{}
		}
		return &answer[linkList]{linkList{links}}, nil
	})
}
