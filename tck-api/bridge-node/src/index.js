export { serve } from './serve.js'
export { h3Event } from './h3.js'
