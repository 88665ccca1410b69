import { refusalsOf } from './refusal.js';

/** What the platform itself refuses, before or around any business rule. In order of precedence. */
export const refuse = refusalsOf({
  not_found: { http: 404, grpc: 'NOT_FOUND', zh: '没有找到', en: 'There is no such thing.' },
  token_missing: {
    http: 401,
    grpc: 'UNAUTHENTICATED',
    zh: '请求未带访问令牌',
    en: 'The request carries no access token.',
  },
  token_invalid: {
    http: 401,
    grpc: 'UNAUTHENTICATED',
    zh: '访问令牌无效或已过期：{reason}',
    en: 'The access token is not valid: {reason}',
  },
  identity_unavailable: {
    http: 503,
    grpc: 'UNAVAILABLE',
    zh: '身份服务暂不可用',
    en: 'The identity provider does not answer.',
  },
  duty_missing: {
    http: 403,
    grpc: 'PERMISSION_DENIED',
    zh: '没有办理此事项的职责（需要其一：{duties}）',
    en: 'The caller has no duty that allows this (one of: {duties}).',
  },
  json_malformed: {
    http: 400,
    grpc: 'INVALID_ARGUMENT',
    zh: '请求体不是合法的 JSON',
    en: 'The body is not JSON.',
  },
  media_type_unsupported: {
    http: 415,
    grpc: 'INVALID_ARGUMENT',
    zh: '不支持的内容类型',
    en: 'The content type is not one that is read here.',
  },
  body_too_large: {
    http: 413,
    grpc: 'RESOURCE_EXHAUSTED',
    zh: '请求体过大',
    en: 'The body is too large.',
  },
  request_invalid: {
    http: 400,
    grpc: 'INVALID_ARGUMENT',
    zh: '请求不合规范',
    en: 'The request cannot be read.',
  },
  fields_invalid: {
    http: 400,
    grpc: 'INVALID_ARGUMENT',
    zh: '有字段不合规范，见 errors',
    en: 'Some fields are not valid; see errors.',
  },
  cursor_invalid: {
    http: 400,
    grpc: 'INVALID_ARGUMENT',
    zh: '翻页游标无效，或与筛选条件不符',
    en: 'The cursor is not one of ours, or belongs to other filters.',
  },
  idempotency_key_missing: {
    http: 400,
    grpc: 'INVALID_ARGUMENT',
    zh: '缺少 Idempotency-Key',
    en: 'Idempotency-Key is missing.',
  },
  idempotency_key_invalid: {
    http: 400,
    grpc: 'INVALID_ARGUMENT',
    zh: 'Idempotency-Key 须为 1 至 200 个可见字符',
    en: 'Idempotency-Key must have 1 to 200 visible ASCII characters.',
  },
  idempotency_in_progress: {
    http: 409,
    grpc: 'ABORTED',
    zh: '同一 Idempotency-Key 的请求尚在办理中',
    en: 'A request with this Idempotency-Key is still running.',
  },
  idempotency_key_reused: {
    http: 422,
    grpc: 'FAILED_PRECONDITION',
    zh: '此 Idempotency-Key 已用于另一请求',
    en: 'This Idempotency-Key was used for another request.',
  },
  if_match_missing: {
    http: 428,
    grpc: 'FAILED_PRECONDITION',
    zh: '缺少 If-Match（所见版本的 ETag）',
    en: 'If-Match is missing: say which version you have seen.',
  },
  version_stale: {
    http: 412,
    grpc: 'FAILED_PRECONDITION',
    zh: '内容已被他人修改，请重新读取',
    en: 'It has been changed since; read it again.',
  },
  duty_conflict: {
    http: 403,
    grpc: 'PERMISSION_DENIED',
    zh: '不相容岗位：同一人已办理 {earlier}，不得再办理 {duty}',
    en: 'Incompatible duties: whoever did {earlier} may not do {duty}.',
  },
  business_day_missing: {
    http: 409,
    grpc: 'FAILED_PRECONDITION',
    zh: '本区划没有打开的营业日',
    en: 'The division has no open business day.',
  },
  batch_refused: {
    http: 422,
    grpc: 'FAILED_PRECONDITION',
    zh: '批量中有 {refused} 行未通过，全部未办理',
    en: '{refused} lines were refused, so none was done.',
  },
  conflict: {
    http: 409,
    grpc: 'ABORTED',
    zh: '与同时进行的办理冲突，请重试',
    en: 'It met with others at the same time; try again.',
  },
  database_unavailable: {
    http: 503,
    grpc: 'UNAVAILABLE',
    zh: '数据库暂不可用',
    en: 'The database does not answer.',
  },
  internal: {
    http: 500,
    grpc: 'INTERNAL',
    zh: '系统内部错误，已记录',
    en: 'An error of ours; it has been logged.',
  },
});
