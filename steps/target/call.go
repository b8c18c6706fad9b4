package target

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os/exec"
	"strconv"
	"strings"
	"time"
)

// answerLimit bounds what is read of an answer.
const answerLimit = 1 << 16

// A Call is a call that we make of the implementation.
type Call struct {
	Method  string            `yaml:"method"` // "" is POST
	URL     string            `yaml:"url"`
	Headers map[string]string `yaml:"headers"`
	Body    string            `yaml:"body"`
}

// Make makes the call. The error tells what was called by name, in Japanese,
// and nothing of the headers, the body or the query, for they may be secret.
func (c Call) Make(ctx context.Context, client *http.Client, name string) error {
	return c.make(ctx, client, name, func(text string) string { return text }, func(text string) string { return text })
}

// At makes the call with a moment in the place of {now}, by RFC 3339, and
// {unix}, its seconds since 1970.
func (c Call) At(ctx context.Context, client *http.Client, name string, to time.Time) error {
	now, unix := to.Format(time.RFC3339Nano), strconv.FormatInt(to.Unix(), 10)
	return c.make(ctx, client, name, strings.NewReplacer("{now}", url.QueryEscape(now), "{unix}", unix).Replace,
		strings.NewReplacer("{now}", now, "{unix}", unix).Replace)
}

// ErrNot is in an error where an implementation says that it does not know what it is
// asked for.
var ErrNot = errors.New("実装が 404 か 422 で答えました")

// About makes the call with words like {card} filled in, and returns what is
// answered. The error tells nothing of what was filled in.
func (c Call) About(ctx context.Context, client *http.Client, name string, words map[string]string) (string, error) {
	inURL, inBody := c.URL, c.Body
	for word, value := range words {
		quoted, err := json.Marshal(value)
		if err != nil {
			return "", err
		}
		inURL = strings.ReplaceAll(inURL, word, url.QueryEscape(value))
		inBody = strings.ReplaceAll(inBody, word, strings.Trim(string(quoted), `"`))
	}
	method := cmp.Or(c.Method, http.MethodPost)
	q, err := http.NewRequestWithContext(ctx, method, inURL, strings.NewReader(inBody))
	if err != nil {
		return "", fmt.Errorf("%sの呼び出しの method か url が正しくありません", name)
	}
	if strings.HasPrefix(strings.TrimSpace(inBody), "{") {
		q.Header.Set("Content-Type", "application/json")
	}
	for key, value := range c.Headers {
		q.Header.Set(key, value)
	}
	answer, err := client.Do(q)
	if err != nil {
		return "", fmt.Errorf("%sの呼び出しに返事がありません: %w", name, unaddressed(err))
	}
	defer answer.Body.Close()
	said, err := io.ReadAll(io.LimitReader(answer.Body, answerLimit))
	switch {
	case err != nil:
		return "", fmt.Errorf("%sの呼び出しの返事を読めません: %w", name, err)
	case answer.StatusCode == http.StatusNotFound || answer.StatusCode == http.StatusUnprocessableEntity:
		return "", fmt.Errorf("%sの呼び出し: %w", name, ErrNot)
	case answer.StatusCode/100 != 2:
		return "", fmt.Errorf("%sの呼び出しが %d で断られました", name, answer.StatusCode)
	}
	return string(said), nil
}

func (c Call) make(ctx context.Context, client *http.Client, name string, inURL, inBody func(string) string) error {
	method, body := c.Method, inBody(c.Body)
	if method == "" {
		method = http.MethodPost
	}
	q, err := http.NewRequestWithContext(ctx, method, inURL(c.URL), strings.NewReader(body))
	if err != nil {
		return fmt.Errorf("%sの呼び出しの method か url が正しくありません", name)
	}
	if strings.HasPrefix(strings.TrimSpace(body), "{") {
		q.Header.Set("Content-Type", "application/json")
	}
	for key, value := range c.Headers {
		q.Header.Set(key, inBody(value))
	}
	answer, err := client.Do(q)
	if err != nil {
		return fmt.Errorf("%sの呼び出し（%s %s）に返事がありません: %w", name, method, q.URL.Host+q.URL.Path, unaddressed(err))
	}
	defer answer.Body.Close()
	if _, err := io.Copy(io.Discard, io.LimitReader(answer.Body, answerLimit)); err != nil {
		return fmt.Errorf("%sの呼び出し（%s %s）の返事を読めません: %w", name, method, q.URL.Host+q.URL.Path, err)
	}
	if answer.StatusCode/100 != 2 {
		return fmt.Errorf(
			"%sの呼び出し（%s %s）が %d で断られました。method、url、headers、body を確かめてください",
			name,
			method,
			q.URL.Host+q.URL.Path,
			answer.StatusCode,
		)
	}
	return nil
}

// Run puts the implementation back, by the call or the command.
func (r Reset) Run(ctx context.Context, client *http.Client) error {
	if len(r.Command) == 0 {
		return r.Make(ctx, client, "reset")
	}
	if said, err := exec.CommandContext(ctx, r.Command[0], r.Command[1:]...).CombinedOutput(); err != nil {
		return fmt.Errorf("reset の command（%s）が失敗しました: %w%s", r.Command[0], err, lastLine(said))
	}
	return nil
}

// lastLine is the last that a program said, for an error.
func lastLine(said []byte) string {
	lines := strings.Split(strings.TrimSpace(string(said)), "\n")
	if last := lines[len(lines)-1]; last != "" {
		return "（" + last + "）"
	}
	return ""
}

// unaddressed is an error of a client without the address, in which a secret may be.
func unaddressed(err error) error {
	var why *url.Error
	if errors.As(err, &why) {
		return why.Err
	}
	return err
}
