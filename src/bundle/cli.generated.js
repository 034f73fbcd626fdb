/* @ts-self-types="./cli.generated.d.ts" */
// The modules behind src/host/mod.ts in one file, because a start pays for every module that it loads.
// Written by scripts/bundle.ts: change the sources and run `deno task build`.
// src/host/deno_children.ts
var denoFiles = (function(deno, permitted) {
  const reading = (path) => permitted({
    name: "read",
    path
  });
  const writing = (path) => permitted({
    name: "write",
    path
  });
  return {
    read: (path) => (reading(path), deno.readFileSync(path)),
    open: (path) => {
      reading(path);
      const file = deno.openSync(path);
      return {
        read: (into) => file.readSync(into) ?? 0,
        close: () => file.close()
      };
    },
    create: (path) => {
      writing(path);
      const file = deno.openSync(path, {
        write: true,
        create: true,
        truncate: true
      });
      return {
        write: (bytes) => {
          for (let at = 0; at < bytes.length; ) at += file.writeSync(bytes.subarray(at));
        },
        close: () => file.close()
      };
    },
    write: (path, bytes, mode) => (writing(path), deno.writeFileSync(path, bytes, {
      append: mode === "append"
    })),
    info: (path, follow) => {
      reading(path);
      try {
        return describe((follow ? deno.statSync : deno.lstatSync)(path));
      } catch (error) {
        if (error instanceof Error && (error.name === "NotFound" || error.name === "NotADirectory")) return null;
        throw error;
      }
    },
    list: (path) => (reading(path), [
      ...deno.readDirSync(path)
    ].map(({ name }) => name)),
    makeDirectory: (path) => (writing(path), deno.mkdirSync(path, {
      recursive: true
    })),
    remove: (path) => {
      reading(path);
      writing(path);
      if (deno.lstatSync(path).isDirectory) throw failure("EISDIR");
      deno.removeSync(path);
    },
    rename: (from, to) => (reading(from), writing(from), writing(to), deno.renameSync(from, to)),
    copy: (from, to) => (reading(from), writing(to), deno.copyFileSync(from, to)),
    realPath: (path) => (reading(path), deno.realPathSync(path))
  };
});
var denoSystem = (function() {
  const { Deno: deno } = globalThis;
  if (deno === void 0) return null;
  return {
    commandArguments: (() => [
      ...deno.args
    ]),
    isTerminal: (stream) => [
      deno.stdin,
      deno.stdout,
      deno.stderr
    ][stream]?.isTerminal() === true,
    isDevice: ((stream) => (stream === 1 ? deno.stdout : deno.stderr).isTerminal()),
    environment: (name) => {
      const allowed = READABLE.has(name) || deno.permissions.querySync({
        name: "env",
        variable: name
      }).state === "granted";
      return allowed ? deno.env.get(name) : void 0;
    },
    write: ((stream, bytes) => (stream === 1 ? deno.stdout : deno.stderr).writeSync(bytes)),
    read: (into) => deno.stdin.readSync(into) ?? 0,
    readFile: ((path) => deno.readFileSync(path)),
    setExitCode: ((code) => void (deno.exitCode = code)),
    exitNow: (code) => deno.exit(code)
  };
});
var chooseSystem = (function() {
  const found = denoSystem() ?? nodeSystem();
  if (found === null) throw new Error("the command line needs Deno, Bun or Node");
  return found;
});
var writeBytes = (function(stream, bytes) {
  for (let written = 0; written < bytes.length; ) {
    try {
      written += system.write(stream, written === 0 ? bytes : bytes.subarray(written));
    } catch (error) {
      if (errorCode(error) !== "EAGAIN") throw error;
      pause();
    }
  }
});
var keySource = (function(opened) {
  const pieces = [];
  let waiting = [];
  let ended = false;
  let source = null;
  let raw = 0;
  const give = () => {
    while (waiting.length > 0 && (pieces.length > 0 || ended)) waiting.shift()?.(pieces.shift() ?? new Uint8Array(0));
    if (waiting.length === 0) source?.pause();
  };
  const add = (bytes) => {
    if (bytes.length === 0) ended = true;
    else pieces.push(bytes);
    give();
  };
  const begin = () => {
    const { stdin } = readersProcess();
    if (!waits(stdin)) {
      const into = new Uint8Array(CHUNK);
      return add(into.subarray(0, readSome(into)));
    }
    if (source !== null) return void source.resume();
    source = stdin;
    opened.add(stop);
    stdin.on("data", add);
    stdin.on("end", () => add(new Uint8Array(0)));
    stdin.on("error", () => add(new Uint8Array(0)));
  };
  const stop = () => {
    if (raw > 0) readersProcess().stdin.setRawMode(false);
    raw = 0;
    source?.pause();
  };
  return {
    read: (signal) => new Promise((resolve2) => {
      waiting.push(resolve2);
      signal.addEventListener("abort", () => {
        waiting = waiting.filter((each) => each !== resolve2);
        give();
      });
      if (pieces.length > 0 || ended) give();
      else begin();
    }),
    raw: () => {
      const { stdin } = readersProcess();
      if (!stdin.isTTY) return null;
      opened.add(stop);
      if (raw++ === 0) stdin.setRawMode(true);
      let held = true;
      return () => {
        if (held && raw > 0 && --raw === 0) stdin.setRawMode(false);
        held = false;
      };
    },
    take: (into) => {
      const [first] = pieces;
      if (first === void 0) return 0;
      const count = Math.min(first.length, into.length);
      into.set(first.subarray(0, count));
      if (count === first.length) pieces.shift();
      else pieces[0] = first.subarray(count);
      return count;
    }
  };
});
var denoWatcher = (function(deno, opened, permitted) {
  return (path, recursive, happened) => {
    permitted(path);
    const events = deno.watchFs(path, {
      recursive
    });
    void (async () => {
      for await (const { kind, paths } of events) happened({
        kind: KINDS[kind] ?? "other",
        paths
      });
    })().catch(() => happened({
      kind: "other",
      paths: [
        path
      ]
    }));
    return noted(opened, () => events.close());
  };
});
var denoAccess = (function(deno, system2, programArguments) {
  const permitted = (what) => {
    if (deno.permissions.querySync(what).state === "granted") return;
    throw Object.assign(new Error(`run deno with --allow-${what.name}`), {
      name: "NotCapable"
    });
  };
  const reading = (path) => permitted({
    name: "read",
    path
  });
  const writing = (path) => permitted({
    name: "write",
    path
  });
  const running = /* @__PURE__ */ new Set();
  const opened = /* @__PURE__ */ new Set();
  const keys = keySource(opened);
  return {
    files: denoFiles(deno, permitted),
    environment: {
      get: (name) => (permitted({
        name: "env",
        variable: name
      }), deno.env.get(name)),
      all: () => (permitted({
        name: "env"
      }), deno.env.toObject()),
      set: (name, value) => (permitted({
        name: "env",
        variable: name
      }), deno.env.set(name, value)),
      directory: () => deno.cwd()
    },
    process: {
      arguments: () => programArguments,
      id: () => deno.pid,
      exit: (code) => system2.exitNow(code),
      run: ([program = "", ...args], { directory, environment }) => {
        permitted({
          name: "run",
          command: program
        });
        const options = {
          args,
          env: environment,
          stdin: "null",
          ...directory === null ? {} : {
            cwd: directory
          }
        };
        const { code, signal, stdout, stderr } = new deno.Command(program, options).outputSync();
        return {
          code: signal === null ? code : null,
          stdout,
          stderr
        };
      },
      spawn: (command, options, output) => Promise.resolve().then(() => {
        permitted({
          name: "run",
          command: command[0] ?? ""
        });
        const start = (program, how) => new deno.Command(program, how).spawn();
        return spawn(start, running, command, options, output);
      })
    },
    release: (() => {
      for (const child of running) child.kill();
      for (const close of opened) close();
    }),
    network: {
      request: (wanted, signal) => {
        permitted({
          name: "net",
          host: new URL(wanted.url).host
        });
        return request(wanted, signal);
      },
      listen: (options, received) => Promise.resolve().then(() => {
        permitted({
          name: "net",
          host: `${options.host}:${options.port}`
        });
        return listen(opened, options, received);
      }),
      connect: (...opening) => Promise.resolve().then(() => {
        permitted({
          name: "net",
          host: new URL(opening[0]).host
        });
        return connect(opened, ...opening);
      })
    },
    clock: {
      now: () => Date.now(),
      elapsed: () => performance.now()
    },
    random: () => Math.random(),
    every: (milliseconds, run2) => every(opened, milliseconds, run2),
    databases: {
      open: (path) => {
        if (path !== null) {
          reading(path);
          writing(path);
        }
        return openDatabase(opened, path);
      }
    },
    compression,
    keys,
    watch: denoWatcher(deno, opened, reading),
    signals: {
      watch: (signal, arrived) => {
        if (deno.build.os === "windows" && signal !== "int") return;
        deno.addSignalListener(SIGNAL_NAMES[signal], arrived);
        opened.add(() => queueMicrotask(() => deno.removeSignalListener(SIGNAL_NAMES[signal], arrived)));
      }
    },
    input: (into) => keys.take(into) || readSome(into),
    facts: {
      os: deno.build.os,
      architecture: deno.build.arch,
      hostName: () => {
        const granted = deno.permissions.querySync({
          name: "sys",
          kind: "hostname"
        }).state === "granted";
        return granted ? deno.hostname() : null;
      },
      interactive: () => system2.isTerminal(0),
      terminalPath: () => {
        if (!system2.isTerminal(0)) return null;
        const link = "/proc/self/fd/0";
        const known = deno.build.os === "linux" && deno.permissions.querySync({
          name: "read",
          path: link
        }).state === "granted";
        return known ? deno.readLinkSync(link) : ANY_TERMINAL;
      },
      terminal: () => system2.isTerminal(1) ? deno.consoleSize() : null
    }
  };
});
var hostAccess = (function(programArguments = [
  "sema"
]) {
  const { Deno: deno } = globalThis;
  if (deno !== void 0) return denoAccess(deno, system, programArguments);
  const process = thisProcess();
  if (process === null) throw new Error("only Deno, Bun and Node have access to a system");
  return nodeAccess(process, system, programArguments);
});
var parseArgs = (function(args, options = {}) {
  const parser = new Parser(options);
  const end = args.indexOf("--");
  const given = end < 0 ? args : args.slice(0, end);
  const rest = end < 0 ? [] : args.slice(end + 1);
  if (options["--"]) parser.result["--"] = [
    ...rest
  ];
  let i = 0;
  const take = (name, attached, arg) => {
    if (attached !== void 0) return parser.set(name, parser.isBoolean(name) ? attached !== "false" : attached, arg);
    const next = given[i + 1];
    if (!parser.isBoolean(name) && next !== void 0 && (next === "-" || !next.startsWith("-"))) {
      i++;
      return parser.set(name, next, arg);
    }
    parser.set(name, parser.isString(name) ? "" : true, arg);
  };
  for (; i < given.length; i++) {
    const arg = given[i];
    const negated = /^--no-(.+)$/.exec(arg)?.[1];
    const long = /^--([^=]+)(?:=([\s\S]*))?$/.exec(arg);
    if (negated !== void 0 && parser.isNegatable(negated)) {
      parser.set(negated, false, arg);
    } else if (long !== null) {
      take(long[1], long[2], arg);
    } else if (/^-[^-]/.test(arg) && !NUMBER.test(arg)) {
      const equals = arg.indexOf("=");
      const letters = arg.slice(1, equals < 0 ? void 0 : equals);
      for (const letter of letters.slice(0, -1)) parser.set(letter, true, arg);
      take(letters.slice(-1), equals < 0 ? void 0 : arg.slice(equals + 1), arg);
    } else {
      parser.positional(arg);
      if (!options.stopEarly) continue;
      for (const later of given.slice(i + 1)) parser.positional(later);
      break;
    }
  }
  if (!options["--"]) {
    for (const arg of rest) parser.positional(arg);
  }
  return parser.finish();
});
var parse = (function(args, what) {
  let unknown = null;
  const parsed = parseArgs([
    ...args
  ], {
    boolean: [
      "stats",
      "trace-tier",
      "help",
      "version",
      ...what === "show" ? [
        "run",
        "annotate"
      ] : []
    ],
    string: [
      "_",
      "tier",
      "sandbox",
      "allowed-paths",
      "e",
      "p",
      ...Object.keys(LIMITS)
    ],
    collect: [
      "e",
      "p"
    ],
    alias: {
      h: "help",
      V: "version",
      e: "eval",
      p: "print"
    },
    stopEarly: what === "run",
    "--": true,
    unknown: ((arg, key) => {
      if (key !== void 0) unknown ??= arg;
    })
  });
  if (unknown !== null) throw new UsageError(`unknown option ${unknown}`);
  return parsed;
});
var texts = (function(parsed, name) {
  const values = parsed[name];
  const found = Array.isArray(values) ? values.map(String) : [];
  if (found.includes("")) throw new UsageError(`-${name} needs an expression`);
  return found;
});
var settings = (function(parsed) {
  const given = parsed["tier"];
  const tier = TIERS.find((name) => name === (given ?? "auto"));
  if (tier === void 0) throw new UsageError(`--tier must be one of ${TIERS.join(", ")}`);
  return {
    tier,
    stats: parsed["stats"] === true,
    traceTier: parsed["trace-tier"] === true,
    limits: limits(parsed),
    deny: denied(parsed["sandbox"] ?? "none"),
    allowedPaths: allowedPaths(parsed["allowed-paths"])
  };
});
var denied = (function(mode) {
  if (mode === "none") return [];
  if (mode === "strict") return STRICT;
  if (mode === "all") return CAPABILITIES;
  return String(mode).split(",").map((word) => {
    const name = word.trim().replace(/^no-/, "");
    const capability = CAPABILITIES.find((each) => each === name);
    if (capability === void 0) throw new UsageError(`--sandbox does not know ${JSON.stringify(word)}`);
    return capability;
  });
});
var allowedPaths = (function(given) {
  if (given === void 0) return null;
  const paths = String(given).split(",").filter((path) => path !== "");
  if (paths.length === 0) throw new UsageError("--allowed-paths needs a directory");
  return paths;
});
var limits = (function(parsed) {
  const found = {};
  for (const [option, name] of Object.entries(LIMITS)) {
    const given = parsed[option];
    if (given === void 0) continue;
    const amount = typeof given === "string" && /^\d+$/.test(given) ? Number(given) : 0;
    if (amount < 1 || !Number.isSafeInteger(amount)) throw new UsageError(`--${option} needs a positive whole number`);
    found[name] = amount;
  }
  return found;
});
var fileOrInput = (function(path) {
  return path === "-" ? {
    from: "input"
  } : {
    from: "file",
    path
  };
});
var parseCommand = (function(args) {
  const parsed = parse(args, "run");
  if (parsed["help"] === true) return {
    kind: "help"
  };
  if (parsed["version"] === true) return {
    kind: "version"
  };
  const positionals = [
    ...parsed._,
    ...parsed["--"] ?? []
  ].map(String);
  const evaluate = texts(parsed, "e");
  const print = texts(parsed, "p");
  const common = settings(parsed);
  if (evaluate.length > 0 && print.length > 0) throw new UsageError("-e and -p exclude each other");
  if (evaluate.length > 0 || print.length > 0) {
    const origin = evaluate.length > 0 ? {
      from: "expressions",
      texts: evaluate,
      print: "unless-nil"
    } : {
      from: "expressions",
      texts: print,
      print: "always"
    };
    return {
      kind: "run",
      origin,
      arguments: positionals,
      settings: common
    };
  }
  const [first, ...rest] = positionals;
  if (first === void 0) return {
    kind: "nothing",
    settings: common
  };
  if (first === "doc") {
    if (rest.length === 0) throw new UsageError("doc needs a name");
    return {
      kind: "doc",
      names: rest,
      settings: common
    };
  }
  const what = Object.hasOwn(SHOW, first) ? SHOW[first] : void 0;
  if (what !== void 0) {
    const start = args.indexOf(first);
    return show(what, args.slice(start + 1), args.slice(0, start));
  }
  return {
    kind: "run",
    origin: fileOrInput(first),
    arguments: rest,
    settings: common
  };
});
var decode = (function(bytes, name) {
  try {
    return new TextDecoder("utf-8", {
      fatal: true
    }).decode(bytes);
  } catch {
    throw new SourceError(name, "not a program: the file is not UTF-8 text");
  }
});
var readText = (function(path) {
  let bytes;
  try {
    bytes = system.readFile(path);
  } catch (error) {
    throw new SourceError(path, READ_ERRORS[errorCode(error)] ?? "cannot be read");
  }
  return decode(bytes, path);
});
var programFiles = (function(loaded) {
  return {
    resolve,
    read: (path) => {
      try {
        const text = readText(path);
        loaded.push({
          text,
          file: path
        });
        return text;
      } catch (error) {
        if (!(error instanceof SourceError)) throw error;
        if (error.reason === MISSING) return null;
        throw new Error(error.reason);
      }
    }
  };
});
var readUnits = (function(origin) {
  switch (origin.from) {
    case "expressions":
      return origin.texts.map((text) => ({
        text,
        file: null
      }));
    case "input":
      return [
        {
          text: decode(readInput(), "standard input"),
          file: null
        }
      ];
    case "file":
      return [
        {
          text: readText(origin.path),
          file: origin.path
        }
      ];
    default: {
      const impossible = origin;
      return impossible;
    }
  }
});
var programAccess = (function(programArguments, streams) {
  const access = hostAccess(programArguments);
  const input = (into) => {
    streams.out.flush();
    return access.input?.(into) ?? 0;
  };
  if (access.process === void 0) return {
    ...access,
    input
  };
  const exit = (code) => {
    streams.out.flush();
    access.release?.();
    system.exitNow(code);
  };
  return {
    ...access,
    input,
    process: {
      ...access.process,
      exit
    }
  };
});
var openRuntime = (function(opening, settings2, streams) {
  const { limits: limits2, deny, allowedPaths: allowedPaths2, traceTier } = settings2;
  const { tier, stdout, loaded, host } = opening;
  return createRuntime({
    tier,
    limits: limits2,
    host,
    deny,
    ...traceTier ? {
      onTier: (event) => streams.error(`${tierLine(event)}
`)
    } : {},
    ...allowedPaths2 === null ? {} : {
      allowedPaths: allowedPaths2
    },
    files: programFiles(loaded),
    stdout: ((text) => stdout.write(text)),
    stdoutBytes: (bytes) => stdout.writeBytes(bytes),
    stderr: (text) => streams.error(text),
    stderrBytes: (bytes) => streams.errorBytes(bytes),
    flush: () => streams.out.flush()
  });
});
var run = (async function(command, streams) {
  const { origin, settings: settings2 } = command;
  let units = [];
  const loaded = [];
  const program = origin.from === "file" ? [
    origin.path
  ] : [];
  const host = programAccess([
    "sema",
    ...program,
    ...command.arguments
  ], streams);
  let runtime = null;
  try {
    units = readUnits(origin);
    runtime = openRuntime({
      tier: settings2.tier,
      stdout: streams.out,
      loaded,
      host
    }, settings2, streams);
    for (const { text, file } of units) {
      const value = await runtime.evalAsync(text, file === null ? {} : {
        file
      });
      if (origin.from !== "expressions") continue;
      if (value !== null || origin.print === "always") streams.out.write(`${runtime.print(value)}
`);
    }
    return 0;
  } catch (error) {
    report(error, [
      ...units,
      ...loaded
    ], streams);
    return FAILED;
  } finally {
    host.release?.();
    if (settings2.stats && runtime !== null) streams.error(statsTable(runtime.stats()));
  }
});
var perform = (function(command, streams) {
  switch (command.kind) {
    case "help":
      streams.out.write(HELP);
      return 0;
    case "version":
      streams.out.write(`sema-jit ${VERSION}
`);
      return 0;
    case "nothing":
      if (system.isTerminal(0)) return perform({
        kind: "help"
      }, streams);
      return run({
        kind: "run",
        origin: {
          from: "input"
        },
        arguments: [],
        settings: command.settings
      }, streams);
    case "run":
      return run(command, streams);
    case "show":
      return show2(command, streams);
    case "doc":
      return describe2(command, streams);
    default: {
      const impossible = command;
      return impossible;
    }
  }
});
var main = (async function() {
  const streams = new Streams();
  try {
    system.setExitCode(await perform(parseCommand(system.commandArguments()), streams));
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    streams.error(`sema: ${error.message}
sema: try --help
`);
    system.setExitCode(MISUSED);
  }
  streams.out.flush();
});
async function drain(stream, take) {
  const reader = stream.getReader();
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) take(piece.value);
}
function spawn(start, running, [program = "", ...args], { directory, environment }, output) {
  const child = start(program, {
    args,
    env: environment,
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
    ...directory === null ? {} : {
      cwd: directory
    }
  });
  const input = child.stdin.getWriter();
  input.closed.catch(() => {
  });
  const all = [
    drain(child.stdout, output.stdout),
    drain(child.stderr, output.stderr)
  ];
  const started = {
    ended: Promise.all([
      child.status,
      Promise.allSettled(all)
    ]).then(([{ code, signal }]) => {
      running.delete(started);
      return signal === null ? code : null;
    }),
    write: (bytes) => input.write(bytes),
    closeInput: () => void input.close().catch(() => {
    }),
    kill: () => {
      if (running.has(started)) child.kill("SIGKILL");
    }
  };
  running.add(started);
  return started;
}

// src/host/deno_files.ts
function failure(code) {
  return Object.assign(new Error(code), {
    code
  });
}
function describe(info) {
  const kind = info.isFile ? "file" : info.isDirectory ? "directory" : info.isSymlink ? "symlink" : "other";
  return {
    kind,
    size: info.size,
    modified: info.mtime?.getTime() ?? null
  };
}


// src/host/beat.ts
function every(opened, milliseconds, run2) {
  const timer = setInterval(run2, milliseconds);
  const handle = timer;
  if (typeof handle === "object" && handle !== null && "unref" in handle && typeof handle.unref === "function") {
    handle.unref();
  }
  const stop = () => {
    opened.delete(stop);
    clearInterval(timer);
  };
  opened.add(stop);
  return stop;
}

// src/host/this_process.ts
function thisProcess() {
  const { process } = globalThis;
  return process ?? null;
}

// src/host/compression.ts
function zlib() {
  const process = thisProcess();
  if (process === null) throw new Error("only Deno, Bun and Node have zlib");
  return process.getBuiltinModule("node:zlib");
}
function plain(bytes) {
  return new Uint8Array(bytes);
}
function expanding(expand) {
  try {
    return plain(expand());
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : null;
    throw new Error(code === "ERR_BUFFER_TOO_LARGE" ? "expands to too many bytes" : "the compressed data is damaged");
  }
}
var compression = {
  gzip: (bytes) => plain(zlib().gzipSync(bytes)),
  gunzip: (bytes, limit) => expanding(() => zlib().gunzipSync(bytes, {
    maxOutputLength: limit
  })),
  deflate: (bytes) => plain(zlib().deflateRawSync(bytes)),
  inflate: (bytes, limit) => expanding(() => zlib().inflateRawSync(bytes, {
    maxOutputLength: limit
  }))
};

// src/host/databases.ts
function plain2(value) {
  if (value instanceof Uint8Array) return new Uint8Array(value);
  if (value === null || typeof value === "bigint" || typeof value === "number" || typeof value === "string") {
    return value;
  }
  throw new Error(`a column of an unknown type: ${typeof value}`);
}
function openDatabase(opened, path) {
  const sqlite = thisProcess()?.getBuiltinModule("node:sqlite");
  if (sqlite === void 0) throw new Error("this version of the host has no SQLite");
  const database = new sqlite.DatabaseSync(path ?? ":memory:");
  const close = () => {
    if (opened.delete(close)) database.close();
  };
  opened.add(close);
  return {
    batch: (sql) => database.exec(sql),
    run: (sql, parameters) => Number(database.prepare(sql).run(...parameters).changes),
    query: (sql, parameters, most) => {
      const statement = database.prepare(sql);
      statement.setReadBigInts(true);
      const rows = [];
      for (const row of statement.iterate(...parameters)) {
        if (rows.length === most) throw new Error(`the statement answers more than ${most} rows`);
        rows.push(Object.entries(row).map(([column, value]) => [
          column,
          plain2(value)
        ]));
      }
      return rows;
    },
    close
  };
}

// src/data/bytes.ts
function joinBytes(pieces) {
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

// src/host/deno.ts
var READABLE = /* @__PURE__ */ new Set([
  "NO_COLOR",
  "FORCE_COLOR"
]);


// src/host/node.ts
function nodeSystem() {
  const process = thisProcess();
  if (process === null) return null;
  const fs = process.getBuiltinModule("node:fs");
  return {
    commandArguments: () => process.argv.slice(2),
    isTerminal: (stream) => process.getBuiltinModule("node:tty").isatty(stream),
    // Loading `tty` takes Bun 6 ms.
    isDevice: (stream) => {
      try {
        return fs.fstatSync(stream).isCharacterDevice();
      } catch {
        return false;
      }
    },
    environment: (name) => process.env[name],
    write: (stream, bytes) => fs.writeSync(stream, bytes),
    read: (into) => fs.readSync(0, into),
    readFile: (path) => fs.readFileSync(path),
    setExitCode: (code) => void (process.exitCode = code),
    exitNow: (code) => process.exit(code)
  };
}

// src/host/system.ts
var ANY_TERMINAL = "/dev/tty";
var SIGNAL_NAMES = {
  int: "SIGINT",
  term: "SIGTERM",
  winch: "SIGWINCH"
};

var system = chooseSystem();
function errorCode(error) {
  if (!(error instanceof Error)) return "";
  return "code" in error && typeof error.code === "string" ? error.code : error.name;
}
function pause() {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2);
}

function readSome(into) {
  for (; ; ) {
    try {
      return system.read(into);
    } catch (error) {
      const code = errorCode(error);
      if (code === "EOF") return 0;
      if (code !== "EAGAIN") throw error;
      pause();
    }
  }
}
function readInput() {
  const chunks = [];
  for (; ; ) {
    const chunk = new Uint8Array(65536);
    const count = readSome(chunk);
    if (count === 0) break;
    chunks.push(chunk.subarray(0, count));
  }
  return joinBytes(chunks);
}

// src/host/keys.ts
var CHUNK = 65536;
function readersProcess() {
  const process = thisProcess();
  if (process === null) throw new Error("this host has no process");
  return process;
}
function waits(stdin) {
  if (stdin.isTTY) return true;
  const info = readersProcess().getBuiltinModule("node:fs").fstatSync(0);
  return info.isFIFO() || info.isSocket();
}


// src/host/network.ts
var REASONS = {
  ECONNREFUSED: "Connection refused",
  ConnectionRefused: "Connection refused",
  ECONNRESET: "Connection reset",
  ConnectionClosed: "Connection closed",
  ENOTFOUND: "host not found",
  EAI_AGAIN: "host not found",
  UND_ERR_SOCKET: "Connection closed",
  UND_ERR_CONNECT_TIMEOUT: "connecting takes too long"
};
function reason(error) {
  if (!(error instanceof Error)) return String(error);
  if (error.cause instanceof Error) return reason(error.cause);
  const known = "code" in error && typeof error.code === "string" ? REASONS[error.code] : void 0;
  return known ?? error.message.replace(/^error sending request.*: (?=[^:]+$)/, "").replace(/ \(os error \d+\)$/, "");
}
async function bodyOf(response, limit) {
  const pieces = [];
  let size = 0;
  const reader = response.body?.getReader();
  for (let next = await reader?.read(); next?.done === false; next = await reader?.read()) {
    pieces.push(next.value);
    size += next.value.length;
    if (size <= limit) continue;
    await reader?.cancel();
    throw new Error(`the answer has more than ${limit} bytes`);
  }
  return joinBytes(pieces);
}
async function request({ method, url, headers, body, limit }, signal) {
  try {
    const response = await fetch(url, {
      method,
      headers: headers.map(([name, value]) => [
        name,
        value
      ]),
      body,
      signal
    });
    return {
      status: response.status,
      headers: [
        ...response.headers
      ],
      body: await bodyOf(response, limit)
    };
  } catch (error) {
    if (error instanceof Error && error.name === "NotCapable") throw error;
    throw new Error(reason(error));
  }
}

// src/host/request_headers.ts
function headersOf(request2) {
  return Object.entries(request2.headers).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.join(", ") : value ?? ""
  ]);
}

// src/host/frames.ts
var FRAME = {
  continuation: 0,
  text: 1,
  binary: 2,
  close: 8,
  ping: 9,
  pong: 10
};
var CLOSE_CODE = {
  normal: 1e3,
  protocol: 1002,
  notText: 1007,
  tooLong: 1009,
  failure: 1011
};
var MOST_PIECES = 2 ** 16;
function frame(kind, content) {
  const size = content.length;
  const head = size < 126 ? [
    size
  ] : size < 65536 ? [
    126,
    size >> 8,
    size & 255
  ] : [
    127,
    ...eightBytes(size)
  ];
  const whole = new Uint8Array(1 + head.length + size);
  whole[0] = 128 | kind;
  whole.set(head, 1);
  whole.set(content, 1 + head.length);
  return whole;
}
function eightBytes(size) {
  const bytes = new DataView(new ArrayBuffer(8));
  bytes.setBigUint64(0, BigInt(size));
  return [
    ...new Uint8Array(bytes.buffer)
  ];
}
function closeFrame(code) {
  return frame(FRAME.close, Uint8Array.of(code >> 8, code & 255));
}
var FrameReader = class {
  #limit;
  /** What has come and is no whole frame yet. */
  #chunks = [];
  #length = 0;
  /** So many bytes are needed to go on. */
  #needed = 2;
  /** The pieces of the message that is not complete. */
  #pieces = [];
  #kind = FRAME.continuation;
  #size = 0;
  #ended = false;
  constructor(limit) {
    this.#limit = limit;
  }
  /** Takes what has come, and gives the messages that are complete by that. */
  take(bytes) {
    this.#chunks.push(bytes);
    this.#length += bytes.length;
    if (this.#ended || this.#length < this.#needed) return [];
    const joined = joinBytes(this.#chunks);
    const messages = [];
    let at = 0;
    for (; ; ) {
      const head = readHead(joined, at);
      if (head === "short") {
        this.#needed = joined.length - at + 1;
        break;
      }
      const wrong = head === "wrong" ? CLOSE_CODE.protocol : this.#check(head);
      if (head === "wrong" || wrong !== null) {
        messages.push(this.#end(wrong ?? CLOSE_CODE.protocol));
        break;
      }
      const end = head.mask + 4 + head.size;
      if (joined.length < end) {
        this.#needed = end - at;
        break;
      }
      const message = this.#add(head, unmasked(joined, head));
      if (message !== null) messages.push(message);
      at = end;
      if (this.#ended) break;
    }
    this.#chunks = this.#ended ? [] : [
      joined.slice(at)
    ];
    this.#length = this.#ended ? 0 : joined.length - at;
    return messages;
  }
  #end(code) {
    this.#ended = true;
    return {
      kind: "end",
      code
    };
  }
  /** The code for a frame that must not come here; null where it may. */
  #check({ kind, last, size }) {
    if (kind >= FRAME.close) return last && size < 126 && kind <= FRAME.pong ? null : CLOSE_CODE.protocol;
    if (kind > FRAME.binary || kind === FRAME.continuation !== this.#pieces.length > 0) return CLOSE_CODE.protocol;
    const tooLong = this.#size + size > this.#limit || this.#pieces.length >= MOST_PIECES;
    return tooLong ? CLOSE_CODE.tooLong : null;
  }
  #add({ kind, last }, content) {
    if (kind === FRAME.ping) return {
      kind: "ping",
      content
    };
    if (kind === FRAME.pong) return null;
    if (kind === FRAME.close) {
      const code = content.length >= 2 ? (content[0] ?? 0) * 256 + (content[1] ?? 0) : CLOSE_CODE.normal;
      return this.#end(isSendable(code) ? code : CLOSE_CODE.protocol);
    }
    if (kind !== FRAME.continuation) this.#kind = kind;
    this.#pieces.push(content);
    this.#size += content.length;
    if (!last) return null;
    const whole = joinBytes(this.#pieces);
    this.#pieces = [];
    this.#size = 0;
    if (this.#kind === FRAME.binary) return {
      kind: "message",
      data: whole
    };
    try {
      return {
        kind: "message",
        data: new TextDecoder("utf-8", {
          fatal: true,
          ignoreBOM: true
        }).decode(whole)
      };
    } catch {
      return this.#end(CLOSE_CODE.notText);
    }
  }
};
function isSendable(code) {
  return code >= 3e3 && code <= 4999 || code >= 1e3 && code <= 1014 && ![
    1004,
    1005,
    1006
  ].includes(code);
}
function readHead(bytes, at) {
  const [first, second] = [
    bytes[at],
    bytes[at + 1]
  ];
  if (first === void 0 || second === void 0) return "short";
  if ((first & 112) !== 0 || (second & 128) === 0) return "wrong";
  const short = second & 127;
  const mask = at + 2 + (short === 126 ? 2 : short === 127 ? 8 : 0);
  if (bytes.length < mask + 4) return "short";
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const size = short === 126 ? view.getUint16(at + 2) : short === 127 ? Number(view.getBigUint64(at + 2)) : short;
  return {
    kind: first & 15,
    last: (first & 128) !== 0,
    mask,
    size
  };
}
function unmasked(bytes, { mask, size }) {
  const content = bytes.slice(mask + 4, mask + 4 + size);
  for (let i = 0; i < size; i++) content[i] = (content[i] ?? 0) ^ (bytes[mask + (i & 3)] ?? 0);
  return content;
}

// src/host/server_sockets.ts
var KEY_SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
var MOST_WAITING = 64;
var PATIENCE = 2e3;
var HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
var HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;
var Connection = class {
  #socket;
  #reader;
  #done;
  #messages = [];
  #takers = [];
  /** Nothing comes any more. */
  #ended = false;
  /** A frame that closes has been sent. */
  #closing = false;
  constructor(socket, head, limit, done) {
    this.#socket = socket;
    this.#reader = new FrameReader(limit);
    this.#done = done;
    socket.on("data", (bytes) => this.#take(bytes));
    socket.on("close", () => this.#end());
    socket.on("end", () => {
      this.#end();
      socket.end();
    });
    if (head.length > 0) this.#take(head);
  }
  send(data) {
    if (this.#ended || this.#closing) return Promise.reject(new Error("closed"));
    const text = typeof data === "string";
    return this.#write(frame(text ? FRAME.text : FRAME.binary, text ? new TextEncoder().encode(data) : data));
  }
  receive(signal) {
    const message = this.#messages.shift();
    if (this.#messages.length < MOST_WAITING && this.#socket.isPaused()) this.#socket.resume();
    if (message !== void 0 || this.#ended) return Promise.resolve(message ?? null);
    return new Promise((resolve2) => {
      this.#takers.push(resolve2);
      signal.addEventListener("abort", () => this.#takers = this.#takers.filter((each) => each !== resolve2));
    });
  }
  close(why) {
    this.#finish(why === "done" ? CLOSE_CODE.normal : CLOSE_CODE.failure);
    this.#end();
    this.#done();
  }
  #take(bytes) {
    for (const message of this.#reader.take(bytes)) this.#accept(message);
    if (this.#messages.length >= MOST_WAITING && !this.#closing) this.#socket.pause();
  }
  #accept(message) {
    switch (message.kind) {
      case "message": {
        if (this.#ended) return;
        const taker = this.#takers.shift();
        if (taker === void 0) this.#messages.push(message.data);
        else taker(message.data);
        return;
      }
      case "ping":
        if (!this.#closing) void this.#write(frame(FRAME.pong, message.content)).catch(() => {
        });
        return;
      case "end":
        this.#finish(message.code);
        this.#socket.end();
        return this.#end();
    }
    message;
  }
  /** Says that the connection ends, if that has not been said. */
  #finish(code) {
    if (this.#closing) return;
    this.#closing = true;
    this.#socket.resume();
    if (this.#socket.writable) this.#socket.write(closeFrame(code));
    const timer = setTimeout(() => this.#socket.destroy(), PATIENCE);
    this.#socket.on("close", () => clearTimeout(timer));
  }
  #end() {
    this.#ended = true;
    for (const taker of this.#takers.splice(0)) taker(null);
  }
  #write(bytes) {
    return new Promise((resolve2, reject) => {
      if (!this.#socket.writable) return reject(new Error("closed"));
      this.#socket.write(bytes, (error) => error === null || error === void 0 ? resolve2() : reject(error));
    });
  }
};
function headText(status, headers) {
  for (const [name, value] of headers) {
    if (!HEADER_NAME.test(name)) throw new TypeError(`Header name must be a valid HTTP token ["${name}"]`);
    if (!HEADER_VALUE.test(value)) throw new TypeError(`Invalid character in header content ["${name}"]`);
  }
  const lines = headers.map(([name, value]) => `${name}: ${value}\r
`).join("");
  return `HTTP/1.1 ${status} ${status === 101 ? "Switching Protocols" : ""}\r
${lines}\r
`;
}
function bytesOf(text) {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
function upgradeRequest(process, request2, socket, head, limit) {
  socket.on("error", () => socket.destroy());
  const { method = "GET", url = "/", headers } = request2;
  const key = headers["sec-websocket-key"];
  const isSocket = method === "GET" && headers.upgrade?.toLowerCase() === "websocket" && headers["sec-websocket-version"] === "13" && typeof key === "string";
  if (!isSocket && (headers["transfer-encoding"] !== void 0 || Number(headers["content-length"] ?? 0) > 0)) {
    socket.end(headText(501, [
      [
        "connection",
        "close"
      ],
      [
        "content-length",
        "0"
      ]
    ]));
    return null;
  }
  let done = () => {
  };
  let upgraded = false;
  const closed = new Promise((resolve2) => {
    done = resolve2;
    socket.on("close", () => upgraded || resolve2());
  });
  const end = [
    "connection",
    "close"
  ];
  const own = ([name]) => ![
    "connection",
    "content-length"
  ].includes(name.toLowerCase());
  return {
    method,
    target: url,
    headers: headersOf(request2),
    body: new Uint8Array(0),
    closed,
    respond: ({ status, headers: headers2, body }) => {
      const length = [
        "content-length",
        String(body.length)
      ];
      socket.write(bytesOf(headText(status, [
        ...headers2.filter(own),
        length,
        end
      ])));
      socket.end(body);
    },
    begin: ({ status, headers: headers2 }) => {
      socket.write(bytesOf(headText(status, [
        ...headers2.filter(own),
        end
      ])));
      return {
        write: (bytes) => new Promise((resolve2, reject) => {
          if (!socket.writable) return reject(new Error("closed"));
          socket.write(bytes, (error) => error === null || error === void 0 ? resolve2() : reject(error));
        }),
        end: () => void socket.end()
      };
    },
    upgrade: !isSocket ? null : () => {
      upgraded = true;
      const { createHash } = process.getBuiltinModule("node:crypto");
      const accept = createHash("sha1").update(key + KEY_SUFFIX).digest("base64");
      const answer = [
        [
          "upgrade",
          "websocket"
        ],
        [
          "connection",
          "Upgrade"
        ],
        [
          "sec-websocket-accept",
          accept
        ]
      ];
      socket.write(headText(101, answer));
      return new Connection(socket, head, limit, done);
    }
  };
}

// src/host/server.ts
var BODILESS = /* @__PURE__ */ new Set([
  204,
  304
]);
function bodyOf2(request2, limit) {
  return new Promise((resolve2) => {
    const pieces = [];
    let size = 0;
    request2.on("data", (piece) => {
      size += piece.length;
      if (size > limit) resolve2(null);
      else pieces.push(piece);
    });
    request2.on("end", () => resolve2(joinBytes(pieces)));
    request2.on("error", () => resolve2(null));
  });
}
function serverRequest(request2, response, body) {
  const head = (status, pairs) => {
    for (const name of response.getHeaderNames()) response.removeHeader(name);
    for (const [name, value] of pairs) response.appendHeader(name, value);
    response.writeHead(status);
  };
  return {
    method: request2.method ?? "GET",
    target: request2.url ?? "/",
    headers: headersOf(request2),
    body,
    upgrade: null,
    closed: new Promise((resolve2) => response.on("close", resolve2)),
    respond: (answer) => {
      const { status, body: content } = answer;
      const length = BODILESS.has(status) ? [] : [
        [
          "content-length",
          String(content.length)
        ]
      ];
      head(status, [
        ...answer.headers.filter(([name]) => name.toLowerCase() !== "content-length"),
        ...length
      ]);
      response.end(content);
    },
    begin: (start) => {
      head(start.status, start.headers);
      response.flushHeaders();
      return {
        write: (bytes) => new Promise((resolve2, reject) => {
          if (response.closed || response.destroyed) return reject(new Error("closed"));
          response.write(bytes, (error) => error === null || error === void 0 ? resolve2() : reject(error));
        }),
        end: () => void response.end()
      };
    }
  };
}
function listen(open, { host, port, limit }, received) {
  const process = thisProcess();
  if (process === null) return Promise.reject(new Error("only Deno, Bun and Node can serve"));
  const { createServer } = process.getBuiltinModule("node:http");
  const server = createServer(async (request2, response) => {
    const body = await bodyOf2(request2, limit);
    if (body !== null) return received(serverRequest(request2, response, body));
    response.writeHead(413, {
      "content-type": "text/plain",
      "connection": "close"
    });
    response.end("Payload Too Large");
  });
  const upgraded = /* @__PURE__ */ new Set();
  server.on("upgrade", (request2, socket, head) => {
    upgraded.add(socket);
    socket.on("close", () => upgraded.delete(socket));
    const made = upgradeRequest(process, request2, socket, head, limit);
    if (made !== null) received(made);
  });
  const close = () => {
    open.delete(close);
    server.close();
    server.closeAllConnections();
    for (const socket of upgraded) socket.destroy();
  };
  return new Promise((resolve2, reject) => {
    server.on("error", reject);
    server.listen(port, host, () => {
      open.add(close);
      const address = server.address();
      resolve2({
        port: typeof address === "object" ? address?.port ?? port : port,
        close
      });
    });
  });
}

// src/host/sockets.ts
var ABNORMAL = 1006;
function isOpening(found) {
  return typeof found === "function";
}
function connect(opened, url, { headers, protocols }, events, signal) {
  const SocketOfHost = Reflect.get(globalThis, "WebSocket");
  if (!isOpening(SocketOfHost)) return Promise.reject(new Error("this version of the host has no WebSockets"));
  return new Promise((resolve2, reject) => {
    const socket = new SocketOfHost(url, {
      headers: Object.fromEntries(headers),
      protocols: [
        ...protocols
      ]
    });
    socket.binaryType = "arraybuffer";
    let open = false;
    const close = () => {
      opened.delete(close);
      socket.close();
    };
    const giveUp = () => {
      close();
      reject(new Error("given up"));
    };
    opened.add(close);
    signal.addEventListener("abort", giveUp);
    socket.onopen = () => {
      signal.removeEventListener("abort", giveUp);
      open = true;
      const { ping } = socket;
      resolve2({
        send: (data) => socket.send(data),
        close,
        ...typeof ping === "function" ? {
          ping: (data) => ping.call(socket, data)
        } : {}
      });
    };
    socket.onmessage = ({ data }) => events.message(typeof data === "string" ? data : new Uint8Array(data));
    socket.onerror = () => reject(new Error("the server cannot be reached, or speaks no WebSocket"));
    socket.onclose = ({ code, reason: reason2 }) => {
      opened.delete(close);
      if (open) events.closed(code === 0 ? ABNORMAL : code, reason2);
      else reject(new Error("the server cannot be reached, or speaks no WebSocket"));
    };
  });
}

// src/host/watching.ts
function noted(opened, stop) {
  const once = () => {
    if (opened.delete(once)) stop();
  };
  opened.add(once);
  return once;
}
function nodeWatcher(process, opened) {
  return (path, recursive, happened) => {
    const fs = process.getBuiltinModule("node:fs");
    const isDirectory = fs.statSync(path).isDirectory();
    const known = new Set(isDirectory ? names(fs, path, recursive) : [
      path
    ]);
    const watcher = fs.watch(path, {
      recursive: recursive && isDirectory,
      persistent: false
    }, (change, name) => {
      const file = isDirectory && typeof name === "string" ? `${path.replace(/\/+$/, "")}/${name}` : path;
      const there = fs.existsSync(file);
      const kind = there ? known.has(file) || change === "change" ? "modify" : "create" : "remove";
      if (there) known.add(file);
      else known.delete(file);
      happened({
        kind,
        paths: [
          file
        ]
      });
    });
    watcher.on("error", () => happened({
      kind: "other",
      paths: [
        path
      ]
    }));
    return noted(opened, () => watcher.close());
  };
}
function names(fs, path, recursive) {
  const top = path.replace(/\/+$/, "");
  try {
    return fs.readdirSync(path, {
      recursive,
      encoding: "utf8"
    }).map((name) => `${top}/${name}`);
  } catch {
    return [];
  }
}
var KINDS = {
  create: "create",
  modify: "modify",
  remove: "remove",
  access: "access"
};


// src/host/deno_access.ts


// src/host/node_children.ts
function spawn2(process, running, [program = "", ...args], { directory, environment }, output) {
  const child = process.getBuiltinModule("node:child_process").spawn(program, args, {
    stdio: [
      "pipe",
      "pipe",
      "pipe"
    ],
    env: {
      ...process.env,
      ...environment
    },
    ...directory === null ? {} : {
      cwd: directory
    }
  });
  child.stdout.on("data", (bytes) => output.stdout(bytes));
  child.stderr.on("data", (bytes) => output.stderr(bytes));
  child.stdin.on("error", () => {
  });
  const started = {
    ended: new Promise((resolve2) => child.on("close", (code) => {
      running.delete(started);
      resolve2(code);
    })),
    write: (bytes) => new Promise((resolve2, reject) => {
      child.stdin.write(bytes, (error) => error === null || error === void 0 ? resolve2() : reject(error));
    }),
    closeInput: () => void child.stdin.end(),
    kill: () => void child.kill("SIGKILL")
  };
  return new Promise((resolve2, reject) => {
    child.on("error", reject);
    child.on("spawn", () => {
      running.add(started);
      resolve2(started);
    });
  });
}

// src/host/node_files.ts
function kindOf(stats) {
  if (stats.isFile()) return "file";
  if (stats.isDirectory()) return "directory";
  return stats.isSymbolicLink() ? "symlink" : "other";
}
function nodeFiles(fs) {
  return {
    read: (path) => fs.readFileSync(path),
    open: (path) => {
      const file = fs.openSync(path, "r");
      return {
        read: (into) => fs.readSync(file, into),
        close: () => fs.closeSync(file)
      };
    },
    create: (path) => {
      const file = fs.openSync(path, "w");
      return {
        write: (bytes) => {
          for (let at = 0; at < bytes.length; ) at += fs.writeSync(file, bytes, at);
        },
        close: () => fs.closeSync(file)
      };
    },
    write: (path, bytes, mode) => fs.writeFileSync(path, bytes, {
      flag: mode === "append" ? "a" : "w"
    }),
    info: (path, follow) => {
      const stats = (follow ? fs.statSync : fs.lstatSync)(path, {
        throwIfNoEntry: false
      });
      return stats === void 0 ? null : {
        kind: kindOf(stats),
        size: stats.size,
        modified: stats.mtimeMs
      };
    },
    list: (path) => fs.readdirSync(path),
    makeDirectory: (path) => void fs.mkdirSync(path, {
      recursive: true
    }),
    remove: (path) => fs.unlinkSync(path),
    rename: (from, to) => fs.renameSync(from, to),
    copy: (from, to) => fs.copyFileSync(from, to),
    realPath: (path) => fs.realpathSync(path)
  };
}

// src/host/node_access.ts
function nodeAccess(process, system2, programArguments) {
  const fs = process.getBuiltinModule("node:fs");
  const running = /* @__PURE__ */ new Set();
  const opened = /* @__PURE__ */ new Set();
  const keys = keySource(opened);
  return {
    files: nodeFiles(fs),
    environment: {
      get: (name) => process.env[name],
      all: () => Object.fromEntries(Object.entries(process.env).flatMap(([k, v]) => v === void 0 ? [] : [
        [
          k,
          v
        ]
      ])),
      set: (name, value) => void (process.env[name] = value),
      directory: () => process.cwd()
    },
    process: {
      arguments: () => programArguments,
      id: () => process.pid,
      exit: (code) => system2.exitNow(code),
      run: ([program = "", ...args], { directory, environment }) => {
        const { spawnSync } = process.getBuiltinModule("node:child_process");
        const { error, status, stdout, stderr } = spawnSync(program, args, {
          stdio: [
            "ignore",
            "pipe",
            "pipe"
          ],
          env: {
            ...process.env,
            ...environment
          },
          maxBuffer: 2 ** 28,
          ...directory === null ? {} : {
            cwd: directory
          }
        });
        if (error !== void 0) throw error;
        return {
          code: status,
          stdout,
          stderr
        };
      },
      spawn: (command, options, output) => spawn2(process, running, command, options, output)
    },
    release: () => {
      for (const child of running) child.kill();
      for (const close of opened) close();
    },
    network: {
      request,
      listen: (options, received) => listen(opened, options, received),
      connect: (...opening) => connect(opened, ...opening)
    },
    clock: {
      now: () => Date.now(),
      elapsed: () => performance.now()
    },
    random: () => Math.random(),
    every: (milliseconds, run2) => every(opened, milliseconds, run2),
    databases: {
      open: (path) => openDatabase(opened, path)
    },
    compression,
    keys,
    watch: nodeWatcher(process, opened),
    signals: {
      watch: (signal, arrived) => {
        process.on(SIGNAL_NAMES[signal], arrived);
        opened.add(() => queueMicrotask(() => process.off(SIGNAL_NAMES[signal], arrived)));
      }
    },
    input: (into) => keys.take(into) || readSome(into),
    facts: {
      os: process.platform === "win32" ? "windows" : process.platform,
      architecture: ARCHITECTURES[process.arch] ?? process.arch,
      hostName: () => process.getBuiltinModule("node:os").hostname(),
      interactive: () => system2.isTerminal(0),
      terminalPath: () => {
        if (!system2.isTerminal(0)) return null;
        return process.platform === "linux" ? fs.readlinkSync("/proc/self/fd/0") : ANY_TERMINAL;
      },
      terminal: () => {
        const { rows, columns } = process.stdout;
        return rows > 0 && columns > 0 ? {
          rows,
          columns
        } : null;
      }
    }
  };
}
var ARCHITECTURES = {
  x64: "x86_64",
  arm64: "aarch64",
  ia32: "x86"
};

// src/host/access.ts


// src/host/cli.ts
import { createRuntime, SemaError } from "../../mod.ts";

// src/version.ts
var VERSION = "0.1.0";

// src/host/files.ts
function normalise(path) {
  const rooted = path.startsWith("/");
  const parts = [];
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") parts.push(part);
    else if (parts.length > 0 && parts.at(-1) !== "..") parts.pop();
    else if (!rooted) parts.push(part);
  }
  return (rooted ? "/" : "") + parts.join("/");
}
function resolve(path, from) {
  const absolute = path.startsWith("/") || /^[A-Za-z]:[\\/]/.test(path);
  const directory = absolute || from === null ? "" : from.replace(/[^\\/]*$/, "");
  return normalise(directory + path);
}

// src/compat/parse_args.ts
var NUMBER = /^(?:0x[0-9a-f]+|[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?)$/i;
var Parser = class {
  #options;
  #groups = /* @__PURE__ */ new Map();
  #booleans;
  #strings;
  #collect;
  #negatable;
  result = {
    _: []
  };
  constructor(options) {
    this.#options = options;
    for (const [name, others] of Object.entries(options.alias ?? {})) {
      const group = [
        name,
        ...typeof others === "string" ? [
          others
        ] : others
      ];
      for (const member of group) this.#groups.set(member, group);
    }
    const closed = ((names2) => new Set((names2 ?? []).flatMap((n) => this.#group(n))));
    this.#booleans = closed(options.boolean);
    this.#strings = closed(options.string);
    this.#collect = closed(options.collect);
    this.#negatable = closed(options.negatable);
  }
  #group(name) {
    return this.#groups.get(name) ?? [
      name
    ];
  }
  isBoolean(name) {
    return this.#booleans.has(name);
  }
  isNegatable(name) {
    return this.#negatable.has(name);
  }
  isString(name) {
    return this.#strings.has(name);
  }
  #declared(name) {
    return this.#booleans.has(name) || this.#strings.has(name) || this.#groups.has(name) || this.#collect.has(name);
  }
  #value(name, value) {
    if (typeof value === "boolean" || this.isString(name) || !NUMBER.test(value)) return value;
    return Number(value);
  }
  set(name, value, arg) {
    const { unknown } = this.#options;
    if (unknown !== void 0 && !this.#declared(name) && unknown(arg, name, value) === false) return;
    const stored = this.#value(name, value);
    for (const member of this.#group(name)) {
      const before = this.result[member];
      if (!this.#collect.has(name)) this.result[member] = stored;
      else this.result[member] = Array.isArray(before) ? [
        ...before,
        stored
      ] : [
        stored
      ];
    }
  }
  positional(arg) {
    const { unknown } = this.#options;
    if (unknown !== void 0 && unknown(arg) === false) return;
    this.result._.push(!this.isString("_") && NUMBER.test(arg) ? Number(arg) : arg);
  }
  /** Gives every declared option that was not given its default. */
  finish() {
    const fill = ((name, value) => {
      for (const member of this.#group(name)) if (!Object.hasOwn(this.result, member)) this.result[member] = value;
    });
    for (const [name, value] of Object.entries(this.#options.default ?? {})) fill(name, value);
    for (const name of this.#collect) fill(name, []);
    for (const name of this.#booleans) fill(name, false);
    return this.result;
  }
};


// src/host/options.ts
import { CAPABILITIES } from "../../mod.ts";
var TIERS = [
  "auto",
  "baseline",
  "jit",
  "walker"
];
var STRICT = [
  "fs-write",
  "shell",
  "process",
  "network",
  "env-write",
  "llm",
  "serial"
];
var LIMITS = {
  "max-steps": "steps",
  "max-ms": "milliseconds",
  "max-depth": "depth",
  "max-output": "output"
};
var UsageError = class extends Error {
  name = "UsageError";
};
var HELP = `Runs Sema programs.

Usage:
  sema [options] FILE [ARGUMENT ...]   run a program
  sema [options] -                     run the program on the standard input
  sema [options] -e EXPR               evaluate, print the value unless it is nil
  sema [options] -p EXPR               evaluate, print the value
  sema dis [--run] FILE [NAME]         show the bytecode of a program, or of one function
  sema js [--run] [--annotate] FILE [NAME]
                                       show the JavaScript of its functions, or of one; with comments: the program,
                                       its bytecode and the types that were found
  sema doc NAME ...                    print what functions, macros and special forms do

Options:
  --tier=TIER    auto      start in the bytecode machine, compile what is hot (default)
                 baseline  bytecode machine only
                 jit       compile every function before its first call
                 walker    plain evaluator, the reference for the others
  --max-steps=N  end the program after about N function calls and rounds of loops
  --max-ms=N     end it after N milliseconds
  --max-depth=N  active function calls before a stack overflow (default: a million)
  --max-output=N end it when it has printed N bytes
  --sandbox=MODE deny what programs may do: none, strict (no writing, processes, network), all, or a list of
                 ${CAPABILITIES.slice(0, 5).join(", ")},
                 ${CAPABILITIES.slice(5).join(", ")}
  --allowed-paths=DIR,...  the only directories whose files programs may use
  --stats        print counters to the standard error when the program ends
  --trace-tier   print a line for everything that the compiler does, and why
  -h, --help     print this
  -V, --version  print the version

dis and js do not run the program, only its macros. With --run they run it first, silently, and show what its functions
have become for the types they were seen with.

The exit code is 0, 1 after an error in the program, or 2 after an error in the command line.
`;
var SHOW = {
  dis: "bytecode",
  js: "javascript"
};







function show(what, args, outer) {
  const parsed = parse([
    ...outer,
    ...args
  ], "show");
  const [path, name, ...more] = [
    ...parsed._,
    ...parsed["--"] ?? []
  ].map(String);
  const verb = what === "bytecode" ? "dis" : "js";
  if (path === void 0) throw new UsageError(`${verb} needs a file`);
  if (more.length > 0) throw new UsageError(`${verb} takes a file and at most one name`);
  const [run2, annotate] = [
    parsed["run"] === true,
    parsed["annotate"] === true
  ];
  if (annotate && what === "bytecode") throw new UsageError("--annotate is for js");
  return {
    kind: "show",
    what,
    origin: fileOrInput(path),
    name: name ?? null,
    run: run2,
    annotate,
    settings: settings(parsed)
  };
}


// src/host/output.ts
var LIMIT = 16384;
var INTERVAL = 100;
var Output = class {
  #options;
  #encoder = new TextEncoder();
  #pending = "";
  #flushed = 0;
  #broken = false;
  constructor(options) {
    this.#options = options;
  }
  /** Adds text. */
  write(text) {
    this.#pending += text;
    if (this.#pending.length >= LIMIT) return this.flush();
    if (!text.endsWith("\n")) return;
    if (this.#options.watched || performance.now() - this.#flushed > INTERVAL) this.flush();
  }
  /** Writes bytes at once, behind the text. */
  writeBytes(bytes) {
    this.flush();
    this.#pass(bytes);
  }
  /** Writes out whatever is pending. */
  flush() {
    const text = this.#pending;
    this.#pending = "";
    this.#flushed = performance.now();
    if (text !== "") this.#pass(this.#encoder.encode(text));
  }
  #pass(bytes) {
    if (this.#broken) return;
    try {
      this.#options.write(bytes);
    } catch (error) {
      this.#broken = true;
      this.#options.failed(error);
    }
  }
};

// src/host/report.ts
var PLAIN = {
  strong: (text) => text,
  faint: (text) => text
};
var COLOURED = {
  strong: (text) => `\x1B[1;31m${text}\x1B[0m`,
  faint: (text) => `\x1B[2m${text}\x1B[0m`
};
var INNERMOST = 16;
var OUTERMOST = 4;
var LONGEST_CYCLE = 6;
var WIDTH = 120;
var NO_FILE = "<input>";
function place(frame2) {
  return `${frame2.file ?? NO_FILE}:${frame2.line}:${frame2.column}`;
}
var CONTROL = /[\x00-\x1f\x7f-\x9f]/g;
function printable(text) {
  return text.replace(CONTROL, (c) => c === "\n" ? c : c === "	" ? " " : "\uFFFD");
}
function excerpt(frame2, source, style2) {
  const line = source?.split("\n")[frame2.line - 1]?.replace(/\r$/, "");
  const before = frame2.column - 1;
  if (line === void 0 || before >= line.length || before >= WIDTH) return "";
  const number = `${frame2.line} | `;
  const text = printable(line.slice(0, WIDTH));
  return `${style2.faint(number)}${text}
${" ".repeat(number.length + before)}${style2.strong("^")}
`;
}
function failureReport(failure2, file, sources, style2) {
  const placed = failure2.trace.find((frame2) => frame2.line > 0);
  const where = placed === void 0 ? file ?? NO_FILE : place(placed);
  let text = `${where}: ${style2.strong(printable(failure2.message))}
`;
  if (placed !== void 0) text += excerpt(placed, sources.get(placed.file), style2);
  for (const line of traceLines(failure2.trace)) text += style2.faint(`  ${printable(line)}
`);
  if (failure2.hint !== void 0) text += `  hint: ${printable(failure2.hint)}
`;
  return text;
}
function sameFrame(a, b) {
  return a !== void 0 && b !== void 0 && a.name === b.name && a.line === b.line && a.column === b.column && a.file === b.file;
}
function repetitions(trace, start, length) {
  let end = start + length;
  while (sameFrame(trace[end], trace[end - length])) end++;
  return Math.floor((end - start) / length);
}
function foldedRuns(trace) {
  const runs = [];
  for (let i = 0; i < trace.length; ) {
    let length = 1;
    let count = repetitions(trace, i, 1);
    for (let longer = 2; count === 1 && longer <= LONGEST_CYCLE; longer++) {
      const found = repetitions(trace, i, longer);
      if (found >= 3) [length, count] = [
        longer,
        found
      ];
    }
    runs.push({
      cycle: trace.slice(i, i + length),
      count
    });
    i += length * count;
  }
  return runs;
}
function runLines({ cycle, count }) {
  const lines = cycle.map((frame2) => {
    const at = frame2.name.startsWith("... ") ? "" : "at ";
    return `${at}${frame2.name}${frame2.line > 0 ? ` (${place(frame2)})` : ""}`;
  });
  if (count === 1) return lines;
  return [
    ...lines,
    cycle.length === 1 ? `... ${count - 1} more like this` : `... ${count - 1} more like these ${cycle.length}`
  ];
}
function traceLines(trace) {
  const runs = foldedRuns(trace.filter((frame2) => frame2.name !== ""));
  const skipped = runs.slice(INNERMOST, -OUTERMOST);
  if (skipped.length < 2) return runs.flatMap(runLines);
  const frames = skipped.reduce((sum, { cycle, count }) => sum + cycle.length * count, 0);
  const [inner, outer] = [
    runs.slice(0, INNERMOST),
    runs.slice(-OUTERMOST)
  ];
  return [
    ...inner.flatMap(runLines),
    `... ${frames} more`,
    ...outer.flatMap(runLines)
  ];
}
var COUNTERS = {
  tier: "tier",
  codeGeneration: "code generation",
  functions: "functions made",
  compiled: "functions compiled",
  compiledLoops: "loops compiled",
  recompiled: "of these recompiled",
  compileTime: "milliseconds compiling",
  invalidated: "code invalidated",
  refusals: "compilations refused",
  exits: "side exits",
  unwinds: "unwinds",
  globalSites: "cached global sites",
  sharedCells: "upvalue cells made"
};
var UNWINDS = {
  call: "to call deeper than the host's stack",
  resume: "to leave invalidated code",
  catch: "to an error handler",
  await: "to wait",
  pause: "to let other tasks go on",
  control: "to continuations and coroutines"
};
function shownCounter(value) {
  if (typeof value === "boolean") return value ? "allowed" : "forbidden by the host";
  return typeof value === "number" ? Math.round(value).toLocaleString("en-US") : String(value);
}
function tierLine({ kind, name, file, line, library, loop, reason: reason2, milliseconds }) {
  const place2 = library ? " (library)" : line > 0 ? ` (${file ?? "<input>"}:${line})` : "";
  const time = milliseconds === null ? "" : ` in ${milliseconds.toFixed(1)} ms`;
  return `[tier] ${kind.padEnd(11)} ${loop ? "a loop of " : ""}${name}${place2}${time}${reason2 === null ? "" : `: ${reason2}`}`;
}
function statsTable(stats) {
  const rows = [];
  for (const [key, name] of Object.entries(COUNTERS)) {
    const value = stats[key];
    if (typeof value !== "object") {
      rows.push([
        name,
        shownCounter(value)
      ]);
      continue;
    }
    const reasons = Object.entries(value).filter(([, count]) => count > 0);
    rows.push([
      name,
      shownCounter(reasons.reduce((sum, [, count]) => sum + count, 0))
    ]);
    for (const [reason2, count] of reasons) {
      const named = key === "unwinds" ? UNWINDS[reason2] ?? reason2 : reason2;
      rows.push([
        `  ${named}`,
        shownCounter(count)
      ]);
    }
  }
  const width = Math.max(...rows.map(([name]) => name.length));
  const digits = Math.max(...rows.map(([, value]) => value.length));
  return rows.map(([name, value]) => `${name.padEnd(width)}  ${value.padStart(digits)}
`).join("");
}

// src/host/cli.ts
var FAILED = 1;
var MISUSED = 2;
var SourceError = class extends Error {
  name = "SourceError";
  reason;
  constructor(source, reason2) {
    super(`${source}: ${reason2}`);
    this.reason = reason2;
  }
};
var MISSING = "no such file";
var READ_ERRORS = {
  ENOENT: MISSING,
  EISDIR: "is a directory",
  EACCES: "permission denied",
  EPERM: "permission denied",
  ENOTDIR: "part of the path is not a directory",
  ENAMETOOLONG: "the name is too long",
  ELOOP: "too many symbolic links",
  ERR_ACCESS_DENIED: "reading files is not allowed",
  NotCapable: "reading files is not allowed (run deno with -R)"
};
function outputFailed(error) {
  if (errorCode(error) === "EPIPE") system.exitNow(0);
  writeBytes(2, new TextEncoder().encode("sema: cannot write the output\n"));
  system.exitNow(FAILED);
}
var Streams = class {
  out = new Output({
    write: ((bytes) => writeBytes(1, bytes)),
    failed: outputFailed,
    watched: system.isDevice(1)
  });
  #errors = new Output({
    write: (bytes) => writeBytes(2, bytes),
    failed: () => {
    },
    watched: true
  });
  /** Writes to standard error at once, after everything written to standard output before. */
  error(text) {
    this.out.flush();
    this.#errors.write(text);
    this.#errors.flush();
  }
  /** The same for bytes. */
  errorBytes(bytes) {
    this.out.flush();
    this.#errors.writeBytes(bytes);
  }
};
function style() {
  const set = (name) => (system.environment(name) ?? "") !== "";
  if (set("NO_COLOR")) return PLAIN;
  if (set("FORCE_COLOR")) return system.environment("FORCE_COLOR") === "0" ? PLAIN : COLOURED;
  return system.isTerminal(2) && system.environment("TERM") !== "dumb" ? COLOURED : PLAIN;
}




function report(error, units, streams) {
  if (error instanceof SourceError) return streams.error(`sema: ${error.message}
`);
  const file = units[0]?.file ?? null;
  if (error instanceof SemaError) {
    const sources = new Map(units.map((unit) => [
      unit.file,
      unit.text
    ]));
    return streams.error(failureReport(error, file, sources, style()));
  }
  const message = error instanceof Error ? error.message : String(error);
  streams.error(`sema: internal error: ${message}
sema: this is a fault of the runtime, not of the program
`);
}
var SILENCE = {
  write: () => {
  },
  writeBytes: () => {
  }
};



function shown(listings, command) {
  const { what, name, annotate } = command;
  const [program, ...functions] = listings;
  if (name === null && what === "bytecode") return program === void 0 ? [] : [
    program.bytecode()
  ];
  const chosen = name === null ? functions : functions.filter((listing) => listing.name === name);
  return chosen.map((listing) => what === "bytecode" ? listing.bytecode() : listing.javascript({
    annotate
  }));
}
async function show2(command, streams) {
  const { origin, settings: settings2, name } = command;
  let units = [];
  const loaded = [];
  const host = programAccess([
    "sema"
  ], streams);
  try {
    units = readUnits(origin);
    const tier = settings2.tier === "walker" ? "baseline" : settings2.tier;
    const runtime = openRuntime({
      tier,
      stdout: SILENCE,
      loaded,
      host
    }, settings2, streams);
    for (const { text, file } of units) {
      const listings = await runtime.inspect(text, {
        ...file === null ? {} : {
          file
        },
        run: command.run
      });
      const texts2 = shown(listings, command);
      if (texts2.length === 0 && name !== null) {
        throw new SourceError(file ?? "standard input", `no function is called ${name}`);
      }
      streams.out.write(texts2.map((each) => `${each.trimEnd()}
`).join("\n"));
    }
    return 0;
  } catch (error) {
    report(error, [
      ...units,
      ...loaded
    ], streams);
    return FAILED;
  } finally {
    host.release?.();
  }
}
function describe2({ names: names2, settings: settings2 }, streams) {
  const host = programAccess([], streams);
  const runtime = openRuntime({
    tier: "baseline",
    stdout: streams.out,
    loaded: [],
    host
  }, settings2, streams);
  let code = 0;
  for (const name of names2) {
    try {
      runtime.call("doc", name);
    } catch (error) {
      if (!(error instanceof SemaError)) throw error;
      streams.error(`sema: ${error.message}
${error.hint === void 0 ? "" : `sema: ${error.hint}
`}`);
      code = FAILED;
    }
  }
  return code;
}


export {
  hostAccess,
  main
};
