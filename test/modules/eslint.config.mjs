// What is linted: the modules of the pages, of the report and of the specification
// by all recommended rules; the scripts of the browser driver, which are joined
// before they run and therefore use each other's names, by all but two of them.
import { createRequire } from "node:module";

const installed = createRequire(process.env.NETANSWER_NODE_MODULES + "/");
const js = installed("@eslint/js");
const globals = installed("globals");

const rules = {
  ...js.configs.recommended.rules,
  eqeqeq: "error",
  "no-var": "error",
  "prefer-const": ["error", { destructuring: "all" }],
  "no-implied-eval": "error",
  "no-eval": "error",
};

export default [
  {
    files: ["sandbox/**/*.js", "steps/report/page/*.js", "steps/spec/site/*.js"],
    languageOptions: { ecmaVersion: 2024, sourceType: "module", globals: globals.browser },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules,
  },
  {
    files: ["steps/driver/browser/*.js"],
    languageOptions: { ecmaVersion: 2024, sourceType: "script", globals: globals.browser, parserOptions: { ecmaFeatures: { globalReturn: true } } },
    rules: { ...rules, "no-undef": "off", "no-unused-vars": "off" },
  },
];
