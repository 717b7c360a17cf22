import { Body, Controller, Get, Post } from '@nestjs/common';

import { Forbidden } from '../problems/problem.js';
import { Returns } from './returns.decorator.js';

@Controller('notes')
class NotesController {
  @Get()
  @Returns({ status: 200, description: 'The notes' }, Forbidden)
  list(): string[] {
    return [];
  }

  @Post()
  @Returns({ status: 201, description: 'The new note' }, Forbidden)
  create(@Body() note: object): object {
    return note;
  }
}

function statusesOf(name: keyof NotesController): number[] {
  const handler = Reflect.get(NotesController.prototype, name) as object;
  return Object.keys(Reflect.getMetadata('swagger/apiResponse', handler) as object).map(Number);
}

describe('@Returns', () => {
  it('declares the success, the given problems and those of all routes', () => {
    expect(statusesOf('list')).toEqual([200, 400, 401, 403, 429, 500, 503]);
  });

  it('declares 413 and 415 as well for a handler with a body', () => {
    expect(statusesOf('create')).toEqual([201, 400, 401, 403, 413, 415, 429, 500, 503]);
  });
});
