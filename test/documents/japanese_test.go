package documents_test

// groupsInJapanese are the groups of settings.
var groupsInJapanese = map[string]string{
	"listeners":         "待ち受け",
	"log":               "ログ",
	"store":             "ワールドを置くところ",
	"bounds":            "上限",
	"providers":         "事業者",
	"telephone":         "電話",
	"reference backend": "参照用のバックエンド",
}

// usageInJapanese says in Japanese what each setting of serve means, by its flag.
var usageInJapanese = map[string]string{
	"member":             "会員の画面と JSON API のアドレス",
	"console":            "コンソールと操作用 API のアドレス",
	"rest":               `事業者の HTTP API（Twilio の REST）と発行元 API のアドレス。"" なら待ち受けない`,
	"smtp":               `SMTP のアドレス。"" なら待ち受けない`,
	"imap":               `IMAP のアドレス。"" なら待ち受けない`,
	"smpp":               `SMPP のアドレス。"" なら待ち受けない`,
	"sip":                "電話（SIP の UDP と TCP）のアドレス。off なら待ち受けない",
	"ports":              "すべての待ち受けが使う、続いた七つのポートの最初。0 ならいつものポート",
	"only":               "providers: 会員の画面を出さず、事業者のプロトコルとコンソールだけを動かす",
	"member-url":         `ポートを付け替えたときに、ブラウザーがワールドの画面を開く URL（http://{world}.localhost:18080 など）。"" ならこのマシンのもの`,
	"control-token":      "コンソールと操作用 API が求めるトークン。ループバックの外で待ち受けるときは必須",
	"control-token-file": "そのトークンを書いたファイル。同じマシンのほかの利用者に、プロセスの一覧からは見えない",

	"tls-cert": "会員の画面とコンソールのポートが示す証明書（PEM）のファイル。なければ TLS を使わない",
	"tls-key":  "その鍵（PEM）のファイル",

	"log-level":  "debug、info、warn、error のどれか。debug ならリクエストごとに書く",
	"log-format": "text か json",
	"lang":       "起動できないときなどに理由を示す言語: ja か en",
	"open":       "コンソールをブラウザーでひらく",
	"plain":      "端末でもライブ表示にせず、行で書く",

	"store":         "ワールドを置くところ。memory、sqlite:FILE、postgres://USER:PASSWORD@HOST/DATABASE のどれか",
	"store-timeout": "データベースへの一つの操作にかけてよい時間",

	"max-snapshots":     "保存できるスナップショットの数",
	"max-worlds":        "同時にあるワールドの数",
	"world-idle":        "上限に達したとき、使われないワールドが場所を譲るまでの時間",
	"max-messages":      "ワールドが持つ、届いたものの種類ごとの数",
	"max-bytes":         "ワールドのメッセージが使うバイト数。0 なら限らない",
	"max-all-bytes":     "すべてのワールドのメッセージが使うバイト数。0 なら限らない",
	"max-registrations": "ワールドが持つ登録の数（終わったものを含む）",
	"max-body":          "リクエスト本文のバイト数",
	"seed":              "最初に用意するワールドの YAML ファイル。すでにあるワールドはそのまま。空文字はなし",
	"save":              "終わるときにワールドを書き出し、始めるときに読み込むフォルダー。空文字はなし",
	"max-document":      "読み込むワールドのファイルのバイト数",

	"max-connections": "待ち受けごとの同時接続の数（多くてもプロセスのディスクリプターの8分の1）",
	"provider-idle":   "事業者への接続が黙っていてよい時間、一つのコマンドが届ききるまでの時間",
	"provider-hold":   "計画した時間切れで待たせる時間",
	"max-mail":        "メールのバイト数",
	"max-recipients":  "メールの宛先の数",
	"max-parts":       "SMPP の一つの接続が持つ、つながっていない長いSMSの部分の数",
	"call-back-time":  "状態の通知にかけてよい時間",
	"call-back-hosts": "このマシンのほかに、状態の通知と音声Webhookを送ってよいホスト（10.0.0.0/8 のような範囲でもよい）。コンマで区切るか、くり返す",

	"sip-calls":       "SIP の同時通話の数",
	"sip-duration":    "SIP の1回の通話の長さ",
	"sip-ring":        "応答のない電話が鳴る長さ",
	"sip-linger":      "発信者が切るのを待つ長さ",
	"sip-message":     "SIP のメッセージのバイト数",
	"sip-connections": "SIP の TCP の同時接続の数",
	"sip-slow":        "TCP の SIP のメッセージが届ききるまでの時間",

	"sms-gateway":          `SMSを送る Twilio の REST のアドレス（http://AC{world}:token@127.0.0.1:8091 など）。"" なら同じプロセスのもの`,
	"mail-server":          `メールを送る SMTP のアドレス（smtp://{world}:password@127.0.0.1:1025 など）。"" なら同じプロセスのもの`,
	"voice-webhook":        `電話が、聞こえるものを問い合わせるアドレス（http://AC{world}:token@127.0.0.1:8080/voice/{world} など）。"" なら同じプロセスの中`,
	"voice-token":          `電話が /voice/{world} に問い合わせるときの署名のトークン。"" ならそのアドレスはない`,
	"proxy":                `-sms-gateway と -issuer に使うプロキシー（http://proxy.example:3128 など）。"" なら使わない（HTTP_PROXY が何であっても）`,
	"provider-timeout":     "SMSゲートウェイとメールサーバーを待つ時間",
	"issuer":               `カードについて問い合わせる基幹システムのアドレス（http://127.0.0.1:8091 など）。"" なら同じプロセスのもの`,
	"issuer-cards":         "問い合わせるカード。test ならテストカードとそのワールドの会員だけ、any なら入力されたどの番号でも",
	"issuer-timeout":       "基幹システムへの問い合わせの、1回の試みの時間",
	"issuer-total-timeout": "問い合わせ一つの、送り直しと待つ時間も含めた全体の時間",
	"issuer-retries":       "送り直してよい問い合わせの、送り直しの回数。暗証番号の照合は送り直さない",
	"issuer-wait":          "最初の送り直しの前に待つ時間。2回目からは倍になる",
	"issuer-failures":      "問い合わせを控えるまでの、ワールドごとの続けての失敗の回数。0 なら控えない",
	"issuer-rest":          "問い合わせを控える時間",
}
