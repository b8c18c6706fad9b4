package target

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// answerLimit bounds what is read of an answer.
const answerLimit = 1 << 16

// Set makes the implementation's clock show a moment, by the call that the
// file describes.
func (c Clock) Set(ctx context.Context, client *http.Client, to time.Time) error {
	now, unix := to.Format(time.RFC3339Nano), strconv.FormatInt(to.Unix(), 10)
	address := strings.NewReplacer("{now}", url.QueryEscape(now), "{unix}", unix).Replace(c.URL)
	body := strings.NewReplacer("{now}", now, "{unix}", unix).Replace(c.Body)
	method := c.Method
	if method == "" {
		method = http.MethodPost
	}
	q, err := http.NewRequestWithContext(ctx, method, address, strings.NewReader(body))
	if err != nil {
		return fmt.Errorf("時計を動かす呼び出し: %w", err)
	}
	if strings.HasPrefix(strings.TrimSpace(body), "{") {
		q.Header.Set("Content-Type", "application/json")
	}
	answer, err := client.Do(q)
	if err != nil {
		return fmt.Errorf("時計を動かす呼び出しに返事がありません: %w", err)
	}
	defer answer.Body.Close()
	if _, err := io.Copy(io.Discard, io.LimitReader(answer.Body, answerLimit)); err != nil {
		return fmt.Errorf("時計を動かす呼び出し: %w", err)
	}
	if answer.StatusCode/100 != 2 {
		return fmt.Errorf("時計を動かす呼び出しが %d で断られました。clock の method、url、body を確かめてください", answer.StatusCode)
	}
	return nil
}
