package target

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"time"
)

// A Key is something that a target.yaml can say: the one table from which the
// schema for editors and the tables of the documents are made.
type Key struct {
	Path     string // from the top, like members[].card
	English  string // what it is, in a few words
	Japanese string
}

// Keys are all of them, in the order in which one thinks of them.
var Keys = slices.Concat([]Key{
	{"web", "address of the home page; leave it out if there is no web half", "ホームページのアドレス。Web の登録がなければ書かない"},
	{"app", "address of the home page that has the banner 「セゾンPortal」, or of the app itself", "「セゾンPortal」のバナーがあるホームページか、アプリそのもののアドレス"},
	{"api", "address where it speaks the reference backend's JSON API", "参照実装の JSON API を話すアドレス"},
	{"addresses", "of a screen that a person types the address of: screen to address", "人が入力するアドレス。画面の名前とアドレス"},
	{"hosts", "other hosts that its pages need", "ページが要するほかのホスト"},
	{"insecure", "certificates are not checked", "証明書を確かめない"},
	{"instances", "of each copy, the values of the words in braces", "一つ一つの実装で、波括弧の言葉に入る値"},
	{"providers", "where its messages arrive", "メッセージの届く先"},
	{"providers.world", "our providers, by credentials of this world", "このワールドの認証情報で使う、この製品の事業者"},
	{"providers.claim", "our providers, by recipients that this world claims", "このワールドが受け持つ宛先で使う、この製品の事業者"},
	{"providers.adapter", "address of an adapter that tells messages", "届いたものを伝えるアダプターのアドレス"},
	{"providers.console", "console of our providers; http://127.0.0.1:8090 if left out", "この製品のコンソール。書かなければ http://127.0.0.1:8090"},
	{"providers.token", "control token of that console", "そのコンソールのトークン"},
	{"providers.voice", "address that answers calls with TwiML", "電話に TwiML で答えるアドレス"},
	{"providers.voice_token", "token by which calls of it are signed", "その呼び出しの署名に使うトークン"},
	{"providers.call_ended", "address that is told of the end of a call", "電話の終わりを知らせる先"},
	{"ask", "calls by which it is asked what no page shows", "画面に出ないことをたずねる呼び出し"},
	{
		"ask.policy",
		"makes a choice of the policy until the next reset; {name} is a name of fixtures/policy.yaml, {value} its value",
		"次に元に戻すまで方針を変える。{name} は fixtures/policy.yaml の名前、{value} はその値",
	},
	{"ask.phone", "puts the telephone {phone} on file for {card} until the next reset", "次に元に戻すまで {card} の登録の電話を {phone} にする"},
	{
		"ask.enrolments",
		"answers how often {card} was enrolled in 3-D Secure: a number, or {\"count\": number}",
		"{card} が本人認証サービスに登録された回数を、数または {\"count\": 数} で答える",
	},
}, keysOfCall("ask.policy", "what is called", "呼び出す先"),
	keysOfCall("ask.phone", "what is called", "呼び出す先"),
	keysOfCall("ask.enrolments", "what is called", "呼び出す先"), []Key{
		{"reset", "the call, or the command, that resets it before each scenario", "シナリオごとに元に戻す呼び出し、またはコマンド"},
	}, keysOfCall("reset", "what is called", "呼び出す先"), []Key{
		{"reset.command", "a program and its arguments instead of the call", "呼び出しの代わりに動かすプログラムと引数"},
		{
			"reset.used",
			"instead of a call: a file in which members that are used up are noted; each scenario takes others of their pool",
			"呼び出しの代わりに、使い終えた会員を書きとめるファイル。シナリオごとに pool の別の会員を使う",
		},
		{"clock", "the call that sets its clock; leave it out if nobody can", "時計を合わせる呼び出し。合わせられなければ書かない"},
	}, keysOfCall("clock", "what is called; {now} or {unix} in it or in the body is the time", "呼び出す先。ここか本文の {now} か {unix} に時刻が入る"), []Key{
		{"clock.precision", "margin by which limits are tried, of a clock that runs on", "時計が進み続けるとき、期限の前後にとる余裕"},
		{"wait_up_to", "real time that a scenario may wait where nobody can set the clock", "時計を合わせられないときに、シナリオが実際に待てる時間"},
		{"can", "what it can do: sms, email, call, faults", "できること: sms、email、call、faults"},
		{"advice", "its screens show what the guide prints beside its pictures of them", "案内が画面の絵の外に書いている文も、画面に示す"},
		{"assumes", "assumed rules that it follows: rule to true", "採る仮定。規則と true"},
		{"policy", "its own numbers in assumed rules", "仮定の規則での、自分たちの数"},
		{"policy.passcode_attempts", "wrong passcodes until it stops (5)", "パスコードの誤りの上限（5）"},
		{"policy.pin_attempts", "wrong PINs until it stops (3)", "暗証番号の誤りの上限（3）"},
		{"policy.login_attempts", "wrong passwords until log-in stops (5)", "ログインの誤りの上限（5）"},
		{"policy.reissue_limit", "passcodes that can be asked for again (5)", "再発行の上限（5）"},
		{"policy.reissue_interval", "time between two of them (30s); 0s if there is none", "再発行の間隔（30s）。なければ 0s"},
		{"policy.login_lock", "how long log-in stops (30m)", "ログインの止まる時間（30m）"},
		{"policy.idle", "time without an action after which a registration ends (30m)", "操作がなければ登録が終わる時間（30m）"},
		{"policy.attempts_per_passcode", "wrong passcodes are counted anew after a reissue", "パスコードの誤りを、再発行したものごとに数える"},
		{"policy.looking_is_action", "whether opening a screen anew counts as an action: not asked where it is left out",
			"画面を開きなおすのも操作に数えるか。書かなければたずねない"},
		{"texts", "its own sentences: id of the sandbox's sentence, or that sentence, to its own", "自分たちの文。この製品の文の id か文と、自分たちの文"},
		{"without", "rules that it does not claim to follow", "採らない規則"},
		{"without[].rule", "a rule, or a page with all of its rules", "規則、またはページの規則すべて"},
		{"without[].reason", "why", "その理由"},
		{"labels", "its own names of fields, buttons and links: the guide's word to its own", "欄、ボタン、リンクの名前。案内の言葉と自分たちの言葉"},
		{
			"titles",
			"how a screen is recognised: the guide's name to a title, heading, progress or sentence of its own",
			"画面の見分け方。案内の名前と、題名、見出し、進み具合、文のどれか",
		},
		{"members", "test members", "試験用の会員"},
		{"members[].called", "a name; alone, it is our member of that name", "呼び名。これだけなら、この製品の同じ名前の会員"},
		{"members[].as", "whom of the scenarios this member stands for", "シナリオの誰の代わりか"},
		{"members[].kinds", "what the member is good for, where neither name tells", "名前でわからないとき、どのような会員か"},
		{"members[].cards", "cards of a member who has several", "二枚以上もつ会員のカード"},
		{"members[].cards[].card", "card number", "カード番号"},
		{"members[].cards[].expiry", "MM/YY", "有効期限（月/年）"},
		{"members[].cards[].code", "security code", "セキュリティコード"},
		{"members[].cards[].pin", "PIN", "暗証番号"},
		{"members[].cards[].points", "points as the home shows them", "ホームに示されるポイント"},
		{"members[].cards[].purchases", "all lines of the statement at the beginning of a scenario, those that come by a button like もっと見る too", "シナリオの初めの日時に明細にあるすべて。「もっと見る」で出るものも"},
		{"members[].cards[].purchases[].date", "like 2026/10/28", "2026/10/28 のように"},
		{"members[].cards[].purchases[].shop", "where", "利用先"},
		{"members[].cards[].purchases[].amount", "how much, with or without 円 and commas", "金額。「円」や「,」はあってもなくてもよい"},
		{"members[].card", "card number", "カード番号"},
		{"members[].expiry", "MM/YY", "有効期限（月/年）"},
		{"members[].code", "security code", "セキュリティコード"},
		{"members[].pin", "PIN", "暗証番号"},
		{"members[].phone", "telephone on file", "登録の電話番号"},
		{"members[].email", "mail address on file", "登録のメールアドレス"},
		{"members[].id", "Net Answer ID of a member who is registered from the start", "初めから登録済みの会員の NetアンサーID"},
		{"members[].password", "and the password", "そのパスワード"},
		{"members[].points", "points as the home shows them", "ホームに示されるポイント"},
		{"members[].purchases", "all lines of the statement at the beginning of a scenario, those that come by a button like もっと見る too",
			"シナリオの初めの日時に明細にあるすべて。「もっと見る」で出るものも"},
		{"members[].purchases[].date", "like 2026/10/28", "2026/10/28 のように"},
		{"members[].purchases[].shop", "where", "利用先"},
		{"members[].purchases[].amount", "how much, with or without 円 and commas", "金額。「円」や「,」はあってもなくてもよい"},
		{"members[].pool", "others who can stand for this member, each once (reset.used)", "この会員の代わりになる会員。一人ずつ一度だけ使う（reset.used）"},
		{"members[].pool[].card", "card number", "カード番号"},
		{"members[].pool[].expiry", "MM/YY", "有効期限（月/年）"},
		{"members[].pool[].code", "security code", "セキュリティコード"},
		{"members[].pool[].pin", "PIN", "暗証番号"},
		{"members[].pool[].phone", "telephone on file", "登録の電話番号"},
		{"members[].pool[].email", "mail address on file", "登録のメールアドレス"},
		{"members[].pool[].id", "Net Answer ID of one who is registered from the start", "初めから登録済みなら、その NetアンサーID"},
		{"members[].pool[].password", "and the password", "そのパスワード"},
		{"members[].pool[].points", "points as the home shows them", "ホームに示されるポイント"},
		{"expected_failures", "failures that are known", "わかっている失敗"},
		{"expected_failures[].at", "a scenario, like features/web/passcode.feature:9", "シナリオの場所"},
		{"expected_failures[].driver", "the driver; any if left out", "ドライバー。書かなければどれでも"},
		{"expected_failures[].reason", "why", "その理由"},
		{"expected_failures[].until", "the last day, like 2026-12-31", "期限の日"},
		{"expected_failures[].found", "what was found, as verify -accept writes it", "見たもの。verify -accept が書く"},
	})

// keysOfCall are the keys of a call; url says what its address is.
func keysOfCall(path, url, urlInJapanese string) []Key {
	return []Key{
		{path + ".method", "POST if left out", "書かなければ POST"},
		{path + ".url", url, urlInJapanese},
		{path + ".headers", "headers of the call", "呼び出しのヘッダー"},
		{path + ".body", "body of the call", "呼び出しの本文"},
	}
}

// Schema is the JSON Schema of a target.yaml, for editors.
func Schema() ([]byte, error) {
	schema := schemaOf(reflect.TypeFor[Target](), "")
	schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	schema["title"] = "target.yaml of netanswer"
	schema["required"] = []string{"members"}
	text, err := json.MarshalIndent(schema, "", "  ")
	return append(text, '\n'), err
}

func schemaOf(t reflect.Type, path string) map[string]any {
	out := map[string]any{}
	for _, k := range Keys {
		if k.Path == path {
			out["description"] = k.Japanese
		}
	}
	switch {
	case t.Kind() == reflect.Pointer:
		return schemaOf(t.Elem(), path)
	case t == reflect.TypeFor[time.Duration]():
		out["type"], out["pattern"] = "string", `^([0-9]+(\.[0-9]+)?(h|m|s|ms))+$`
	case t == reflect.TypeFor[Capability]():
		out["enum"] = capabilities
	case t == reflect.TypeFor[Kind]():
		out["enum"] = kinds
	case t.Kind() == reflect.Struct:
		properties := map[string]any{}
		each(t, func(name string, field reflect.Type) { properties[name] = schemaOf(field, below(path, name)) })
		out["type"], out["properties"], out["additionalProperties"] = "object", properties, false
	case t.Kind() == reflect.Slice:
		out["type"], out["items"] = "array", schemaOf(t.Elem(), path+"[]")
	case t.Kind() == reflect.Map:
		out["type"], out["additionalProperties"] = "object", schemaOf(t.Elem(), path+"{}")
	case t.Kind() == reflect.Bool:
		out["type"] = "boolean"
	case t.Kind() == reflect.Int:
		out["type"] = "integer"
	default:
		out["type"] = "string"
	}
	return out
}

func below(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

// each goes through the fields of a struct that stand in the file.
func each(t reflect.Type, do func(name string, field reflect.Type)) {
	for i := range t.NumField() {
		field := t.Field(i)
		name, options, _ := strings.Cut(field.Tag.Get("yaml"), ",")
		switch {
		case options == "inline":
			each(field.Type, do)
		case name != "" && name != "-":
			do(name, field.Type)
		}
	}
}

// paths are all keys that the type knows, as Keys writes them.
func paths(t reflect.Type, path string) (all []string) {
	switch t.Kind() {
	case reflect.Pointer:
		return paths(t.Elem(), path)
	case reflect.Slice:
		return paths(t.Elem(), path+"[]")
	case reflect.Struct:
		each(t, func(name string, field reflect.Type) {
			all = append(append(all, below(path, name)), paths(field, below(path, name))...)
		})
	}
	return all
}

// Paths are the keys that are read, whether Keys tells of them or not.
func Paths() []string { return paths(reflect.TypeFor[Target](), "") }

// Table is Keys as the documents have it.
func Table(japanese bool) string {
	text := "| Key | What it is |\n|---|---|\n"
	if japanese {
		text = "| 項目 | 内容 |\n|---|---|\n"
	}
	for _, k := range Keys {
		what := k.English
		if japanese {
			what = k.Japanese
		}
		text += "| `" + k.Path + "` | " + strings.ReplaceAll(what, "|", `\|`) + " |\n"
	}
	return text
}
