-- Run by `nvim --headless`: opens a log and a configuration with the language server, and writes down what Neovim got from it.
-- Environment: SERVER (a JSON array: the command), FOLDER (the workspace), REPORT (the file to write).
local folder = vim.env.FOLDER
local report = { answers = {}, diagnostics = {} }

local function open(name, filetype)
  vim.cmd("edit " .. folder .. "/" .. name)
  local buffer = vim.api.nvim_get_current_buf()
  vim.bo[buffer].filetype = filetype
  return buffer
end

local client = vim.lsp.start_client({
  name = "postmaster",
  cmd = vim.json.decode(vim.env.SERVER),
  root_dir = folder,
  workspace_folders = { { uri = vim.uri_from_fname(folder), name = "folder" } },
  get_language_id = function(_, filetype) return filetype end,
})

local buffers = {}
for name, filetype in pairs({ ["mail.log"] = "postfix-log", ["postfix/main.cf"] = "postfix-main-cf" }) do
  buffers[name] = open(name, filetype)
  vim.lsp.buf_attach_client(buffers[name], client)
end

-- What is pushed arrives by itself.
local arrived = vim.wait(60000, function()
  for _, buffer in pairs(buffers) do
    if #vim.diagnostic.get(buffer) == 0 then return false end
  end
  return true
end, 50)
if not arrived then report.problem = "no diagnostics arrived" end

local function ask(buffer, method, params)
  local results, failure = vim.lsp.buf_request_sync(buffer, method, params, 20000)
  local result = results and results[client]
  table.insert(report.answers, {
    method = method,
    result = result and result.result or vim.NIL,
    error = (result and result.err) or failure or vim.NIL,
  })
  return result and result.result
end

for name, buffer in pairs(buffers) do
  local found = vim.diagnostic.get(buffer)
  report.diagnostics[name] = #found
  local document = { uri = vim.uri_from_bufnr(buffer) }
  for _, method in ipairs({ "documentSymbol", "foldingRange", "codeLens", "documentLink" }) do
    ask(buffer, "textDocument/" .. method, { textDocument = document })
  end
  for index = 1, math.min(#found, 20) do
    local at = { line = found[index].lnum, character = found[index].col }
    local place = { textDocument = document, position = at }
    for _, method in ipairs({ "hover", "definition", "documentHighlight", "completion", "signatureHelp" }) do
      ask(buffer, "textDocument/" .. method, place)
    end
    ask(buffer, "textDocument/references", { textDocument = document, position = at, context = { includeDeclaration = true } })
    ask(buffer, "textDocument/codeAction", {
      textDocument = document,
      range = { start = at, ["end"] = at },
      context = { diagnostics = { found[index].user_data.lsp } },
    })
  end
end

local file = io.open(vim.env.REPORT, "w")
file:write(vim.json.encode(report))
file:close()
vim.lsp.stop_client(client)
vim.cmd("qall!")
